using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>
/// A key source that caches the results of another source until it is disposed. Failures are not cached, because the source may be unlocked later.
/// </summary>
/// <param name="source">The source.</param>
internal sealed class CachedKeySource(KeySource source) : KeySource(source.Name), IDisposable
{
    private readonly Lock asking = new();
    private readonly Dictionary<string, ISigner?> found = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override KeySourceKind Kind => source.Kind;

    /// <inheritdoc/>
    public override string Location => source.Location;

    /// <inheritdoc/>
    public override IReadOnlyList<string> PublicKeys => source.PublicKeys;

    /// <inheritdoc/>
    public override bool HoldsSeeds => source.HoldsSeeds;

    /// <inheritdoc/>
    public override ISigner? Find(string publicKey, CancellationToken cancellation)
    {
        lock (asking)
        {
            if (!found.TryGetValue(publicKey, out ISigner? signer))
            {
                signer = found[publicKey] = source.Find(publicKey, cancellation);
            }

            return signer is NatsKeyPair pair ? pair.Copy() : signer;
        }
    }

    /// <summary>Disposes the cached keys.</summary>
    public void Dispose()
    {
        lock (asking)
        {
            foreach (ISigner? signer in found.Values)
            {
                (signer as NatsKeyPair)?.Dispose();
            }

            found.Clear();
        }
    }
}
