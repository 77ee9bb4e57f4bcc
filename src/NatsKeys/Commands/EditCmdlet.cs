using System.Management.Automation;
using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that change an entity: in its newest state, only what was named, and only when that changes anything.</summary>
public abstract class EditCmdlet : SigningCmdlet
{
    /// <summary>Gives the entity as it is now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Changes an entity and signs it again.</summary>
    /// <param name="entity">The entity, in whatever state.</param>
    /// <param name="action">What is done, for -WhatIf.</param>
    /// <param name="change">Changes the claims of the entity that it is given.</param>
    /// <returns>What was done; null when it was not to be done.</returns>
    private protected EntityChange? Edit(NatsEntity entity, string action, Action<NatsEntity> change)
    {
        EntityChange? result = Perform(entity, action, () => Editor(entity.Store).Change(entity.Path, ChosenKey(), change));
        if (result is not null)
        {
            Finish(result);
        }

        return result;
    }

    /// <summary>Says what was done, and gives the entity where that is wanted.</summary>
    private protected void Finish(EntityChange result)
    {
        WriteChange(result);
        if (PassThru)
        {
            WriteObject(result.Entity);
        }
    }
}
