using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Pipeline;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that change an entity: in its newest state, only what was named, and only when that changes anything.</summary>
public abstract class EditCmdlet : NatsCmdlet
{
    private protected EditCmdlet() => Changes = Own(new StoreChanges(this));

    /// <inheritdoc cref="StoreCmdlet.Store"/>
    [Parameter]
    [ValidateNotNull]
    public StoreArgument? Store { get; set; }

    /// <inheritdoc cref="SigningCmdlet.SigningKey"/>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorSignerCompleter))]
    public virtual SigningKeyArgument? SigningKey { get; set; }

    /// <summary>Gives the entity as it is now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    internal sealed override StoreArgument? NamedStore => Store;

    /// <summary>What it changes, and with which keys.</summary>
    private protected StoreChanges Changes { get; }

    /// <summary>The key that was asked for.</summary>
    private protected SigningKeyChoice ChosenKey => SigningKeyArgument.Choose(SigningKey, Paths.Full);

    /// <summary>Changes an entity and signs it again.</summary>
    /// <param name="entity">The entity, in whatever state.</param>
    /// <param name="action">What is done, for -WhatIf.</param>
    /// <param name="change">Changes the claims of the entity that it is given.</param>
    /// <param name="question">What is asked where this cuts off much more than the cmdlet usually does; null for nothing.</param>
    /// <returns>What was done; null when it was not to be done.</returns>
    private protected EntityChangeResult<TEntity>? Edit<TEntity>(TEntity entity, string action, Action<TEntity> change, string? question = null)
        where TEntity : NatsEntity
    {
        EntityChangeResult<TEntity>? result = Changes.Perform(
            entity,
            action,
            () => Changes.Editor(entity.Store).Change(entity, ChosenKey, change),
            rehearsed => ChangeMessages.Details(rehearsed.IsChanged, rehearsed.Differences, entity),
            question);
        if (result is not null)
        {
            Finish(result);
        }

        return result;
    }

    /// <summary>Says what was done, and gives the entity where that is wanted.</summary>
    private protected void Finish(EntityChangeResult result)
    {
        Messages.WriteChange(result);
        if (PassThru)
        {
            WriteObject(result.Entity);
        }
    }
}
