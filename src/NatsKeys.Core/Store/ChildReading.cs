using NatsKeys.Entities;

namespace NatsKeys.Store;

/// <summary>Reads what lies below a place with all cores, in the order of the store. One file that cannot be read stops nothing.</summary>
internal static class ChildReading
{
    /// <summary>The operators that can be read.</summary>
    /// <param name="store">The store.</param>
    /// <param name="unreadable">Is told of each that cannot.</param>
    /// <param name="only">The name of the only one that is wanted; null for all.</param>
    public static IEnumerable<NatsOperator> ReadOperators(this NatsStore store, Action<NatsKeysException> unreadable, string? only = null) =>
        Readable<NatsOperator>((only is null ? store.Names() : [only]).Select(name => ReadOne(store, new EntityPath(name), parent: null)), unreadable);

    /// <summary>The accounts of an operator, or the users of an account, that can be read.</summary>
    /// <param name="store">The store.</param>
    /// <param name="parent">The operator or account.</param>
    /// <param name="unreadable">Is told of each that cannot.</param>
    public static IEnumerable<T> ReadChildren<T>(this NatsStore store, NatsEntity parent, Action<NatsKeysException> unreadable)
        where T : NatsEntity =>
        Readable<T>(store.Names(parent.Path).AsParallel().AsOrdered().Select(name => ReadOne(store, parent.Path.Child(name), parent)), unreadable);

    /// <summary>The entity at a place, or why it cannot be read. Neither, where it went meanwhile.</summary>
    public static (NatsEntity? Entity, NatsKeysException? Fault) ReadOne(NatsStore store, EntityPath path, NatsEntity? parent)
    {
        try
        {
            return (store.Load(path) is { } found ? store.Make(found.Path, found.Document, parent) : null, null);
        }
        catch (NatsKeysException error)
        {
            return (null, error);
        }
    }

    private static IEnumerable<T> Readable<T>(IEnumerable<(NatsEntity? Entity, NatsKeysException? Fault)> read, Action<NatsKeysException> unreadable)
    {
        foreach ((NatsEntity? entity, NatsKeysException? fault) in read)
        {
            if (fault is not null)
            {
                unreadable(fault);
            }
            else if (entity is T found)
            {
                yield return found;
            }
        }
    }
}
