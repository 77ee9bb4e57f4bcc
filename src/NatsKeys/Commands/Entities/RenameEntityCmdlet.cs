using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that give an entity another name.</summary>
/// <typeparam name="TParameters">What is renamed, and how.</typeparam>
public abstract class RenameEntityCmdlet<TParameters> : EditCmdlet, IDynamicParameters
    where TParameters : RenameParameters, new()
{
    private ParameterGroups? groups;

    /// <summary>What is renamed, and the new name: the one that does not come down the pipeline is the first that is typed.</summary>
    public object GetDynamicParameters() =>
        (groups = ParameterGroups.Placed(new TParameters(), PositionOf)).Parameters;

    /// <summary>What was given for the current item.</summary>
    private protected TParameters Given => groups!.Read<TParameters>(row: null);

    private protected sealed override void ProcessItem()
    {
        NatsEntity entity = Resolve();
        string name = EntityName.Check(Given.NewName);
        EntityChange? change = Changes.Perform(
            entity, $"Rename to '{name}' and sign again", () => Changes.Editor(entity.Store).Rename(entity.Path, name, ChosenKey));
        if (change is not null)
        {
            Messages.WriteLeft(change);
            Finish(change);
        }
    }

    private int PositionOf(ParameterAttribute parameter) =>
        MyInvocation.ExpectingInput && parameter.ValueFromPipeline ? ParameterGroups.NoPosition : parameter.Position;

    /// <summary>The entity that is meant.</summary>
    private protected abstract NatsEntity Resolve();
}
