using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.KeySources;

/// <summary>
/// The private keys that are available in a pipeline: those of a store's key root, and those of the sources that the session registered.
/// </summary>
/// <param name="cancellation">Ends the wait for a source that does not answer.</param>
internal sealed class SessionKeyRings(CancellationToken cancellation) : IDisposable
{
    private readonly Dictionary<NatsStore, KeyRing> rings = [];

    // What comes down the pipeline may bring a store object of its own each time; a source is asked once all the same.
    private CachedKeySource[]? sources;

    /// <summary>The keys that are available for a store.</summary>
    public KeyRing Of(NatsStore store)
    {
        if (!rings.TryGetValue(store, out KeyRing? ring))
        {
            sources ??= [.. SessionKeySources.Current.Select(source => new CachedKeySource(source))];
            ring = rings[store] = new KeyRing(store.Keys, sources, cancellation);
        }

        return ring;
    }

    /// <summary>Forgets the keys that were read.</summary>
    public void Dispose()
    {
        foreach (IDisposable keys in rings.Values.Concat<IDisposable>(sources ?? []))
        {
            keys.Dispose();
        }

        rings.Clear();
    }
}
