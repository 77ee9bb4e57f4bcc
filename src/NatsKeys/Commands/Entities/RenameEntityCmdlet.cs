using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Editing;
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
    /// <summary>
    /// Gets the parameters for the entity and its new name. If the entity comes down the pipeline, the new name is the first position.
    /// </summary>
    public object GetDynamicParameters() => Given = MyInvocation.ExpectingInput ? new TPiped() : new TTyped();

    /// <summary>The parameters of the current item.</summary>
    private protected TTyped Given { get; private set; } = new();

    private protected RenameEntityCmdlet() => Rows = new NamedRows(this);

    /// <summary>The rows that name entities.</summary>
    private protected NamedRows Rows { get; }

    private protected sealed override void ProcessItem()
    {
        NatsEntity entity = Resolve();
        string name = EntityName.Check(Given.NewName);
        EntityChangeResult? change = Changes.Perform(
            entity, $"Rename to '{name}' and sign again", () => Changes.Editor(entity.Store).Rename(entity.Path, name, ChosenKey));
        if (change is not null)
        {
            Messages.WriteLostRole(change);
            Finish(change);
        }
    }

    /// <summary>Returns the entity to rename.</summary>
    private protected abstract NatsEntity Resolve();
}
