namespace NatsKeys.Store;

/// <summary>
/// Reads the children of an entity on all cores and returns them in the order of the store. A file that cannot be read does not stop the rest.
/// </summary>
internal static class ChildReader
{
    /// <summary>Reads the operators. Those that cannot be read are reported and left out.</summary>
    /// <param name="store">The store.</param>
    /// <param name="unreadable">Receives the error of each entity that cannot be read.</param>
    /// <param name="only">The name of the only operator to read; null for all.</param>
    public static IEnumerable<NatsOperator> ReadOperators(this NatsStore store, Action<NatsKeysException> unreadable, string? only = null) =>
        Readable<NatsOperator>(
            (only is null ? store.Names() : [only]).Select(name => ReadOne(store, new EntityPath(name), parent: null)), unreadable);

    /// <summary>Reads the accounts of an operator, or the users of an account. Those that cannot be read are reported and left out.</summary>
    /// <param name="store">The store.</param>
    /// <param name="parent">The operator or account.</param>
    /// <param name="unreadable">Receives the error of each entity that cannot be read.</param>
    /// <param name="except">The names to leave out.</param>
    public static IEnumerable<T> ReadChildren<T>(
        this NatsStore store, NatsEntity parent, Action<NatsKeysException> unreadable, IReadOnlySet<string>? except = null)
        where T : NatsEntity =>
        Readable<T>(
            InspectChildren(parent, store.Names(parent.Path).Where(name => except?.Contains(name) != true), entity => entity)
                .Select(found => (found.Result, found.Fault)),
            unreadable);

    /// <summary>Reads the entity at a place. Returns the error if it cannot be read, and neither if it was removed meanwhile.</summary>
    public static (NatsEntity? Entity, NatsKeysException? Fault) ReadOne(NatsStore store, EntityPath path, NatsEntity? parent)
    {
        (NatsEntity? entity, NatsKeysException? fault) = Inspect(store, path, parent, entity => entity);
        return (entity, fault);
    }

    /// <summary>Inspects the entity at a place. Returns the result, or the error; neither if the entity was removed meanwhile.</summary>
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

    /// <summary>Inspects the children of an entity on all cores, and returns the results in the order of their names.</summary>
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
