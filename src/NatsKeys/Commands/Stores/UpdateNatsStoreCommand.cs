using System.Management.Automation;
using NatsKeys.Editing;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Signs entities whose files were edited, parents before children.</summary>
[Cmdlet(VerbsData.Update, Nouns.Store, SupportsShouldProcess = true)]
[OutputType(typeof(NatsOperator), typeof(NatsAccount), typeof(NatsUser))]
public sealed class UpdateNatsStoreCommand : WholeStoreCmdlet
{
    private readonly StoreChanges changes;

    /// <summary>Creates the cmdlet.</summary>
    public UpdateNatsStoreCommand() => changes = Own(new StoreChanges(this));

    /// <summary>Returns the signed entities.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void ProcessItem()
    {
        NatsStore store = OpenExisting();
        EntityEditor editor = changes.Editor(store);
        IEnumerable<string> operators = Operator is null ? store.Names() : [store.Get(Operator.Locate(() => store).Path).Name];
        foreach (string name in operators)
        {
            Update(editor, store, new EntityPath(name));
        }
    }

    /// <summary>Signs an entity and everything below it. An entity that cannot be signed is an error that names it, and the rest continues.</summary>
    private void Update(EntityEditor editor, NatsStore store, EntityPath path)
    {
        if (Stopping)
        {
            return;
        }

        Try(() => Update(editor, path), path.ToString());
        if (path.Kind == EntityKind.User || store.FindReadable(path) is null)
        {
            // The signer of what is below an unreadable file is unknown. That is one error, not one for each child.
            return;
        }

        foreach (string name in store.Ahead(path, store.Names(path)))
        {
            Update(editor, store, path.Child(name));
        }
    }

    private void Update(EntityEditor editor, EntityPath path)
    {
        if (editor.PlanSigning(path) is not { } plan
            || !ShouldDo(Describe(plan, StoreChanges.Target(plan.Entity.Path, plan.Entity.Store))))
        {
            return;
        }

        EntityChangeResult change = editor.SignEdited(path);
        if (!change.IsChanged)
        {
            return;
        }

        Messages.WriteChange(change);
        Messages.WriteLostRole(change);
        if (PassThru)
        {
            WriteObject(change.Entity);
        }
    }

    /// <summary>What -WhatIf shows: one line for each difference, as where an entity is changed.</summary>
    private static string Describe(SigningPlan plan, string target)
    {
        string key = plan.SigningKey is null ? "a new key" : SignerName.Signing(plan.Entity.Above ?? plan.Entity, plan.SigningKey);
        bool isNew = plan.Entity.Jwt is null;
        string details = isNew ? "" : ChangeMessages.Details(isChanged: true, plan.Differences, plan.Entity, isFile: true);
        return $"Performing the operation \"Sign {(isNew ? "for the first time " : "")}with {key}\" on target \"{target}\".{details}";
    }
}
