using System.Management.Automation;
using NatsKeys.Editing;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that remove entities. They report what was removed, and what is still to be done elsewhere.</summary>
/// <typeparam name="TArgument">What names the entity.</typeparam>
public abstract class RemoveEntityCmdlet<TArgument> : StoreCmdlet
    where TArgument : class
{
    private protected RemoveEntityCmdlet()
    {
        Changes = Own(new StoreChanges(this));
        Rows = new NamedRows(this);
    }

    /// <summary>Also removes the private keys and the credentials in the key root. Copies elsewhere stay.</summary>
    [Parameter]
    public SwitchParameter IncludeKeys { get; set; }

    /// <summary>Returns an object that describes what was removed, and what is still to be done.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Performs the changes of stores, and has the keys that sign them.</summary>
    private protected StoreChanges Changes { get; }

    /// <summary>The rows that name entities.</summary>
    private protected NamedRows Rows { get; }

    private protected sealed override object? CurrentItem => Named[0];

    /// <summary>The action, for questions and <c>-WhatIf</c>.</summary>
    private protected virtual string Action => "Remove";

    /// <summary>The entities to remove.</summary>
    private protected abstract IReadOnlyList<TArgument> Named { get; }

    private protected sealed override void ProcessItem() => Each(Named, Remove);

    private void Remove(TArgument named)
    {
        (NatsStore store, EntityPath path) = Locate(named);
        RequireThere(store, path);
        int below = Count(store, path);
        string more = below == 0 ? "" : $" with {below} {(below == 1 ? "entity" : "entities")} below";
        EntityRemovalRequest request = Complete(new EntityRemovalRequest { IncludeKeys = IncludeKeys });
        Changes.Editor(store).RequireRemovable(path, request);
        string action = IncludeKeys ? $"{Action}, with its keys and credentials" : Action;
        EntityRemovalResult? removal = Changes.Perform(
            StoreChanges.Target($"{path}{more}", store),
            action,
            () => Changes.Editor(store).Remove(path, request));
        if (removal is null)
        {
            return;
        }

        Warn(removal);
        if (PassThru)
        {
            WriteObject(removal);
        }
    }

    /// <summary>Returns the store and path of the entity. Its file need not be readable.</summary>
    private protected abstract (NatsStore Store, EntityPath Path) Locate(TArgument named);

    /// <summary>Completes the request with what only this kind of entity has.</summary>
    private protected abstract EntityRemovalRequest Complete(EntityRemovalRequest request);

    /// <summary>Warns about what servers still accept.</summary>
    private protected abstract void Warn(EntityRemovalResult removal);

    private static void RequireThere(NatsStore store, EntityPath path)
    {
        try
        {
            store.Get(path);
        }
        catch (NatsKeysException error) when (error.Code != ErrorCode.EntityNotFound)
        {
            // The entity exists, even if it cannot be read.
        }
    }

    private static int Count(NatsStore store, EntityPath path) =>
        path.Kind == EntityKind.User ? 0 : store.Names(path).Sum(name => 1 + Count(store, path.Child(name)));
}
