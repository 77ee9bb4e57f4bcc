using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Editing;
using NatsKeys.Pipeline;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>
/// The base class of the cmdlets that change an entity. They change its newest state, change only what was specified, and sign only if that differs.
/// </summary>
public abstract class EditCmdlet : NatsCmdlet
{
    private protected EditCmdlet() => Changes = Own(new StoreChanges(this));

    /// <inheritdoc cref="StoreCmdlet.Store"/>
    [Parameter]
    [PipelineInput(IsOne = true)]
    [ValidateNotNull]
    public StoreArgument? Store { get; set; }

    /// <inheritdoc cref="SigningCmdlet.SigningKey"/>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorSignerCompleter))]
    public virtual SigningKeyArgument? SigningKey { get; set; }

    /// <summary>Returns the entity in its new state.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    internal sealed override StoreArgument? NamedStore => Store;

    /// <summary>Performs the changes of stores, and has the keys that sign them.</summary>
    private protected StoreChanges Changes { get; }

    /// <summary>The requested signing key.</summary>
    private protected virtual SigningKeyChoice ChosenKey => SigningKeyArgument.Choose(SigningKey, Paths.Full);

    /// <summary>Changes an entity and signs it again.</summary>
    /// <param name="entity">The entity; it need not be in its newest state.</param>
    /// <param name="action">The action, for <c>-WhatIf</c> and questions.</param>
    /// <param name="change">Changes the claims of the entity.</param>
    /// <param name="question">A question for a change that cuts off much more than the cmdlet usually does; null for none.</param>
    /// <returns>The result; null if the change was not to be done.</returns>
    private protected EntityChangeResult<TEntity>? Edit<TEntity>(TEntity entity, string action, Action<TEntity> change, string? question = null)
        where TEntity : NatsEntity
    {
        EntityChangeResult<TEntity>? result = Changes.Perform(
            entity,
            action,
            () => Changes.Editor(entity.Store).Change(entity, ChosenKey, change),
            rehearsed => ChangeMessages.Details(rehearsed, entity),
            question);
        if (result is not null)
        {
            Finish(result);
        }

        return result;
    }

    /// <summary>Reports the change, and returns the entity if <see cref="PassThru"/> is set.</summary>
    private protected void Finish(EntityChangeResult result)
    {
        Messages.WriteChange(result);
        if (PassThru)
        {
            WriteObject(result.Entity);
        }
    }
}
