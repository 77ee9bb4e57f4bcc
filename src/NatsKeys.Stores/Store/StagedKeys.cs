using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>The key pairs that a transaction will store. They are copies, which this object disposes.</summary>
internal sealed class StagedKeys : IDisposable
{
    private readonly List<NatsKeyPair> keys = [];

    /// <summary>The key pairs, in the order in which they were added.</summary>
    public IReadOnlyList<NatsKeyPair> All => keys;

    /// <summary>Adds a copy of a key pair.</summary>
    /// <returns>The copy.</returns>
    public NatsKeyPair Add(NatsKeyPair key)
    {
        NatsKeyPair copy = key.Copy();
        keys.Add(copy);
        return copy;
    }

    /// <summary>Takes over the key pairs of another instance, which is empty afterwards.</summary>
    public void Take(StagedKeys other)
    {
        keys.AddRange(other.keys);
        other.keys.Clear();
    }

    /// <summary>Removes and disposes a key pair that will not be stored after all.</summary>
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
