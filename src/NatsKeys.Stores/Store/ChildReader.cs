namespace NatsKeys.Store;

/// <summary>Reads what lies below a place with all cores, in the order of the store. One file that cannot be read stops nothing.</summary>
internal static class ChildReader
{
    /// <summary>The operators that can be read.</summary>
    /// <param name="store">The store.</param>
    /// <param name="unreadable">Receives the error of each entity that cannot be read.</param>
    /// <param name="only">The name of the only one that is wanted; null for all.</param>
    public static IEnumerable<NatsOperator> ReadOperators(this NatsStore store, Action<NatsKeysException> unreadable, string? only = null) =>
        Readable<NatsOperator>(
            (only is null ? store.Names() : [only]).Select(name => ReadOne(store, new EntityPath(name), parent: null)), unreadable);

    /// <summary>The accounts of an operator, or the users of an account, that can be read.</summary>
    /// <param name="store">The store.</param>
    /// <param name="parent">The operator or account.</param>
    /// <param name="unreadable">Receives the error of each entity that cannot be read.</param>
    /// <param name="except">The names of those that are not wanted.</param>
    public static IEnumerable<T> ReadChildren<T>(
        this NatsStore store, NatsEntity parent, Action<NatsKeysException> unreadable, IReadOnlySet<string>? except = null)
        where T : NatsEntity =>
        Readable<T>(
            InspectChildren(parent, store.Names(parent.Path).Where(name => except?.Contains(name) != true), entity => entity)
                .Select(found => (found.Result, found.Fault)),
            unreadable);

    /// <summary>The entity at a place, or why it cannot be read. Neither, where it went meanwhile.</summary>
    public static (NatsEntity? Entity, NatsKeysException? Fault) ReadOne(NatsStore store, EntityPath path, NatsEntity? parent)
    {
        (NatsEntity? entity, NatsKeysException? fault) = Inspect(store, path, parent, entity => entity);
        return (entity, fault);
    }

    /// <summary>The result for the entity at a place, or the error; neither if it was removed meanwhile.</summary>
    public static (T? Result, NatsKeysException? Fault) Inspect<T>(NatsStore store, EntityPath path, NatsEntity? parent, Func<NatsEntity, T?> inspect)
        where T : class
    {
        try
        {
            return (store.Load(path) is { } found ? inspect(store.Make(found.Path, found.Document, parent)) : null, null);
        }
        catch (NatsKeysException error)
        {
            return (null, error);
        }
    }

    /// <summary>The results for the children of an entity, computed on all cores and returned in the order of their names.</summary>
    public static IEnumerable<(EntityPath Path, T? Result, NatsKeysException? Fault)> InspectChildren<T>(
        NatsEntity parent, IEnumerable<string> names, Func<NatsEntity, T?> inspect, CancellationToken cancellation = default)
        where T : class => parent.Store.Ahead(parent.Path, names).AsParallel().AsOrdered().WithCancellation(cancellation).Select(name =>
        {
            EntityPath path = parent.Path.Child(name);
            (T? result, NatsKeysException? fault) = Inspect(parent.Store, path, parent, inspect);
            return (path, result, fault);
        });

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
