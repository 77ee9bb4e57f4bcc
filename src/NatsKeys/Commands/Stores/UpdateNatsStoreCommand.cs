using System.Management.Automation;
using NatsKeys.Editing;
using NatsKeys.Pipeline;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Signs what was edited by hand: what stands above first, then what stands below.</summary>
[Cmdlet(VerbsData.Update, Nouns.Store, SupportsShouldProcess = true)]
[OutputType(typeof(NatsOperator), typeof(NatsAccount), typeof(NatsUser))]
public sealed class UpdateNatsStoreCommand : WholeStoreCmdlet
{
    private readonly StoreChanges changes;

    /// <summary>Creates the cmdlet.</summary>
    public UpdateNatsStoreCommand() => changes = Own(new StoreChanges(this));

    /// <summary>Gives the entities that were signed.</summary>
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

    /// <summary>One that cannot be signed is an error that names it, and the rest goes on.</summary>
    private void Update(EntityEditor editor, NatsStore store, EntityPath path)
    {
        if (Stopping)
        {
            return;
        }

        Try(() => Update(editor, path), path.ToString());
        if (path.Kind == EntityKind.User || store.FindReadable(path) is null)
        {
            // What stands below a file that cannot be read was not signed by anybody who is known: it is one error and not one for each.
            return;
        }

        foreach (string name in store.Ahead(path, store.Names(path)))
        {
            Update(editor, store, path.Child(name));
        }
    }

    private void Update(EntityEditor editor, EntityPath path)
    {
        if (editor.PlanSigning(path) is not { } plan || !ShouldProcess(StoreChanges.Target(plan.Entity.Path, plan.Entity.Store), Describe(plan)))
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

    private static string Describe(SigningPlan plan)
    {
        string key = plan.SigningKey is null ? "a new key" : $"key {plan.SigningKey}";
        string what = plan.Entity.Jwt is null ? "for the first time" : ClaimDifference.Describe(plan.Differences);
        return $"Sign with {key}: {what}";
    }
}
