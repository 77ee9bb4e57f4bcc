using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>Key pairs that a transaction will store. They are copies, which it disposes.</summary>
internal sealed class StagedKeys : IDisposable
{
    private readonly List<NatsKeyPair> keys = [];

    /// <summary>The key pairs, in the order in which they came.</summary>
    public IReadOnlyList<NatsKeyPair> All => keys;

    /// <summary>Takes a copy of a key pair.</summary>
    /// <returns>The copy.</returns>
    public NatsKeyPair Add(NatsKeyPair key)
    {
        NatsKeyPair copy = key.Copy();
        keys.Add(copy);
        return copy;
    }

    /// <summary>Takes over the key pairs of another one, which has none then.</summary>
    public void Take(StagedKeys other)
    {
        keys.AddRange(other.keys);
        other.keys.Clear();
    }

    /// <summary>Lets a key pair go that is not to be stored after all.</summary>
    public void Forget(string publicKey)
    {
        foreach (NatsKeyPair key in keys.FindAll(key => key.PublicKey == publicKey))
        {
            keys.Remove(key);
            key.Dispose();
        }
    }

    public void Dispose() => keys.ForEach(key => key.Dispose());
}
