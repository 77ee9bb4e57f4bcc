using System.Collections.Concurrent;
using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>Key pairs that live as long as their store object.</summary>
internal sealed class MemoryKeyStore : KeyStore
{
    private readonly ConcurrentDictionary<string, NatsKeyPair> keys = new(StringComparer.Ordinal);

    public override string Location => "in memory";

    public override NatsKeyPair? Find(string publicKey) => keys.TryGetValue(publicKey, out NatsKeyPair? key) ? key.Copy() : null;

    public override void Add(NatsKeyPair key)
    {
        if (!keys.ContainsKey(key.PublicKey))
        {
            keys.TryAdd(key.PublicKey, key.Copy());
        }
    }

    public override void Remove(string publicKey)
    {
        if (keys.TryRemove(publicKey, out NatsKeyPair? key))
        {
            key.Dispose();
        }
    }

    public override bool Contains(string publicKey) => keys.ContainsKey(publicKey);

    public override IEnumerable<string> PublicKeys() => keys.Keys;
}
