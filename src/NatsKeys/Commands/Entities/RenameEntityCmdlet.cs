using System.Management.Automation;
using NatsKeys.Editing;
using NatsKeys.Entities;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that give an entity another name.</summary>
public abstract class RenameEntityCmdlet : EditCmdlet
{
    /// <summary>The new name.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string NewName { get; set; } = "";

    private protected sealed override void ProcessItem()
    {
        NatsEntity entity = Resolve();
        string name = EntityName.Check(NewName);
        if (Perform(entity, $"Rename to '{name}' and sign again", () => Editor(entity.Store).Rename(entity.Path, name, ChosenKey())) is { } change)
        {
            WriteLeft(change);
            Finish(change);
        }
    }

    /// <summary>The entity that is meant.</summary>
    private protected abstract NatsEntity Resolve();
}
