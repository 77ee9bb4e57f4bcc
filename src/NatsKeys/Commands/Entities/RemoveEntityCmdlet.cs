using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Editing;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that remove entities: what is gone, and what is still to be done elsewhere.</summary>
/// <typeparam name="TArgument">What names the entity.</typeparam>
public abstract class RemoveEntityCmdlet<TArgument> : StoreCmdlet
    where TArgument : class
{
    private protected RemoveEntityCmdlet()
    {
        Changes = Own(new StoreChanges(this));
        Rows = new NamedRows(this);
    }

    /// <summary>Removes the private keys and the credentials in the key root as well. Copies elsewhere stay.</summary>
    [Parameter]
    public SwitchParameter IncludeKeys { get; set; }

    /// <summary>Gives an object that says what was removed, and what is still to be done.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What it changes, and with which keys.</summary>
    private protected StoreChanges Changes { get; }

    /// <summary>The rows that name entities.</summary>
    private protected NamedRows Rows { get; }

    private protected sealed override object? CurrentItem => Named[0];

    /// <summary>What is done, for questions and plans.</summary>
    private protected virtual string Action => "Remove";

    /// <summary>What is removed.</summary>
    private protected abstract IReadOnlyList<TArgument> Named { get; }

    private protected sealed override void ProcessItem() => Each(Named, Remove);

    private void Remove(TArgument named)
    {
        (NatsStore store, EntityPath path) = Locate(named);
        RequireThere(store, path);
        int below = Count(store, path);
        string more = below == 0 ? "" : $" with {below} {(below == 1 ? "entity" : "entities")} below";
        string action = IncludeKeys ? $"{Action}, with its keys and credentials" : Action;
        EntityRemovalResult? removal = Changes.Perform(
            StoreChanges.Target($"{path}{more}", store),
            action,
            () => Changes.Editor(store).Remove(path, Complete(new EntityRemovalRequest { IncludeKeys = IncludeKeys })));
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

    /// <summary>Where the entity is. Its file need not be readable.</summary>
    private protected abstract (NatsStore Store, EntityPath Path) Locate(TArgument named);

    /// <summary>Adds what only this kind of entity asks for.</summary>
    private protected abstract EntityRemovalRequest Complete(EntityRemovalRequest request);

    /// <summary>Says what servers still take for valid.</summary>
    private protected abstract void Warn(EntityRemovalResult removal);

    private static void RequireThere(NatsStore store, EntityPath path)
    {
        try
        {
            store.Get(path);
        }
        catch (NatsKeysException error) when (error.Code != ErrorCode.EntityNotFound)
        {
            // What cannot be read is there.
        }
    }

    private static int Count(NatsStore store, EntityPath path) =>
        path.Kind == EntityKind.User ? 0 : store.Names(path).Sum(name => 1 + Count(store, path.Child(name)));
}
