using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.KeySources;

/// <summary>The private keys that are available in a pipeline: those of a store's key root, and those of the session's key sources.</summary>
/// <param name="cancellation">Cancels the wait for a source that does not answer.</param>
internal sealed class SessionKeyRings(CancellationToken cancellation) : IDisposable
{
    private readonly Dictionary<NatsStore, KeyRing> rings = [];

    // Each pipeline item may have its own store object, but a source is asked only once.
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

    /// <summary>Forgets the private keys.</summary>
    public void Dispose()
    {
        foreach (IDisposable keys in rings.Values.Concat<IDisposable>(sources ?? []))
        {
            keys.Dispose();
        }

        rings.Clear();
    }
}
