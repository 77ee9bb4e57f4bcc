using System.Collections.Concurrent;
using NatsKeys.Keys;

namespace NatsKeys.KeyRoot;

/// <summary>A key store in memory. Its key pairs live as long as this object.</summary>
internal sealed class MemoryKeyStore(TimeProvider clock) : KeyStore
{
    private readonly ConcurrentDictionary<string, (NatsKeyPair Key, DateTimeOffset Since)> keys = new(StringComparer.Ordinal);

    public override string Location => "memory";

    internal override bool IsShared => false;

    public override NatsKeyPair? Find(string publicKey)
    {
        try
        {
            return keys.TryGetValue(PublicNkey.Require(publicKey), out (NatsKeyPair Key, DateTimeOffset Since) kept) ? kept.Key.Copy() : null;
        }
        catch (ObjectDisposedException)
        {
            // Another thread has just removed it.
            return null;
        }
    }

    public override void Add(NatsKeyPair key, CancellationToken cancellation = default)
    {
        if (!key.HasSeed)
        {
            throw new NatsKeysException(ErrorCode.PublicKeyOnly, $"The seed of key {key.PublicKey} is not available, so it cannot be stored.");
        }

        if (keys.ContainsKey(key.PublicKey))
        {
            return;
        }

        NatsKeyPair copy = key.Copy();
        if (!keys.TryAdd(key.PublicKey, (copy, clock.GetUtcNow())))
        {
            copy.Dispose();
        }
    }

    public override bool Contains(string publicKey) => keys.ContainsKey(PublicNkey.Require(publicKey));

    public override DateTimeOffset? KeptSince(string publicKey) =>
        keys.TryGetValue(PublicNkey.Require(publicKey), out (NatsKeyPair Key, DateTimeOffset Since) kept) ? kept.Since : null;

    public override IEnumerable<string> PublicKeys() => keys.Keys;

    internal override void Remove(string publicKey)
    {
        if (keys.TryRemove(PublicNkey.Require(publicKey), out (NatsKeyPair Key, DateTimeOffset Since) kept))
        {
            kept.Key.Dispose();
        }
    }
}
