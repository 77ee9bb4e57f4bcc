using System.Management.Automation;
using NatsKeys.Editing;
using NatsKeys.Entities;

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
        if (!ShouldProcess(entity, $"Rename to '{NewName}' and sign again"))
        {
            return;
        }

        EntityChange change = Editor(entity.Store).Rename(entity.Path, NewName, ChosenKey());
        Tell(change);
        WriteLeft(change);
        if (PassThru)
        {
            WriteObject(change.Entity);
        }
    }

    /// <summary>The entity that is meant.</summary>
    private protected abstract NatsEntity Resolve();
}
