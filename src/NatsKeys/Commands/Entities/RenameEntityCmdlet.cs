using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Editing;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that give an entity another name.</summary>
/// <typeparam name="TTyped">What is renamed, and how, where both are typed.</typeparam>
/// <typeparam name="TPiped">The same where what is renamed comes down the pipeline.</typeparam>
public abstract class RenameEntityCmdlet<TTyped, TPiped> : EditCmdlet, IDynamicParameters
    where TTyped : RenameParameters, new()
    where TPiped : TTyped, new()
{
    /// <summary>What is renamed, and the new name: the one that does not come down the pipeline is the first that is typed.</summary>
    public object GetDynamicParameters() => Given = MyInvocation.ExpectingInput ? new TPiped() : new TTyped();

    /// <summary>What was given for the current item.</summary>
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

    /// <summary>The entity that is meant.</summary>
    private protected abstract NatsEntity Resolve();
}
