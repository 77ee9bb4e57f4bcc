using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Editing;
using NatsKeys.Errors;
using NatsKeys.Formatting;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that rename an entity.</summary>
/// <typeparam name="TTyped">The parameters if the entity and its new name are typed.</typeparam>
/// <typeparam name="TPiped">The parameters if the entity comes down the pipeline.</typeparam>
public abstract class RenameEntityCmdlet<TTyped, TPiped> : EditCmdlet, IDynamicParameters
    where TTyped : RenameParameters, new()
    where TPiped : TTyped, new()
{
    private readonly List<(NatsEntity Entity, string Name)> waiting = [];

    /// <summary>
    /// Gets the parameters for the entity and its new name. If the entity comes down the pipeline, the new name is the first position.
    /// </summary>
    public object GetDynamicParameters() => Given = MyInvocation.ExpectingInput ? new TPiped() : new TTyped();

    /// <summary>The parameters of the current item.</summary>
    private protected TTyped Given { get; private set; } = new();

    private protected RenameEntityCmdlet() => Rows = new NamedRows(this);

    /// <summary>The rows that name entities.</summary>
    private protected NamedRows Rows { get; }

    /// <summary>Renames what was typed. What comes from the pipeline waits until all of it is known.</summary>
    private protected sealed override void ProcessItem()
    {
        NatsEntity entity = Resolve();
        string name = EntityName.Check(RequiredName());
        if (MyInvocation.ExpectingInput)
        {
            waiting.Add((entity, name));
        }
        else
        {
            Rename(entity, name);
        }
    }

    /// <summary>Several that would get the same name in the same place are refused together, before one of them has it.</summary>
    private protected sealed override void ProcessAll()
    {
        ILookup<(NatsStore, EntityPath), NatsEntity> targets = waiting.ToLookup(
            item => (item.Entity.Store, Target(item.Entity, item.Name).Folded), item => item.Entity);
        HashSet<EntityPath> refused = [];
        foreach ((NatsEntity entity, string name) in waiting.TakeWhile(_ => !Stopping))
        {
            EntityPath target = Target(entity, name);
            EntityPath[] same = [.. targets[(entity.Store, target.Folded)].Select(one => one.Path).Distinct()];
            if (same.Length == 1)
            {
                Try(() => Rename(entity, name), entity);
            }
            else if (refused.Add(target.Folded))
            {
                Errors.Write(
                    new NatsKeysException(
                        ErrorCode.EntityExists,
                        $"{same.Length} entities cannot all be renamed to {target}: {PathNames.Of(same)}. None of them was renamed."),
                    entity);
            }
        }
    }

    private static EntityPath Target(NatsEntity entity, string name) => entity.Path.Parent?.Child(name) ?? new EntityPath(name);

    private void Rename(NatsEntity entity, string name)
    {
        EntityChangeResult? change = Changes.Perform(
            entity, $"Rename to '{name}' and sign again", () => Changes.Editor(entity.Store).Rename(entity.Path, name, ChosenKey));
        if (change is not null)
        {
            Messages.WriteLostRole(change);
            Finish(change);
        }
    }

    /// <summary>The new name, which a row may lack.</summary>
    private string RequiredName() => !string.IsNullOrWhiteSpace(Given.NewName) ? Given.NewName
        : CurrentItem is IEntityArgument { Row: { } row }
        ? throw new NatsKeysException(
            ErrorCode.InvalidClaims,
            $"The input is {row.Describe()}. It has no new name: the column '{nameof(Given.NewName)}' is missing or empty. This row was skipped.")
        : throw new AdvisedException(
            ErrorCode.InvalidClaims, $"The new name of '{CurrentItem}' is missing. Specify it with -{nameof(Given.NewName)}.");

    /// <summary>Returns the entity to rename.</summary>
    private protected abstract NatsEntity Resolve();
}
