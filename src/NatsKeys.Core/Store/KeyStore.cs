using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>Where the key pairs of a store are kept.</summary>
public abstract class KeyStore
{
    /// <summary>For people: the folder, or that there is none.</summary>
    public abstract string Location { get; }

    /// <summary>Why others than the owner can read the keys; null where they cannot.</summary>
    public virtual string? Exposure => null;

    /// <summary>The key pair of a public key, which the caller disposes; null when its seed is not here.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeyConflict"/>: what is kept there is another key.</exception>
    public abstract NatsKeyPair? Find(string publicKey);

    /// <summary>Keeps a key pair. One that is here already is left as it is.</summary>
    /// <param name="key">The key pair, with its seed.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeyConflict"/>: something else is kept under its public key.</exception>
    public abstract void Add(NatsKeyPair key);

    /// <summary>Forgets a key pair; nothing happens when it is not here.</summary>
    /// <param name="publicKey">The public key.</param>
    public abstract void Remove(string publicKey);

    /// <summary>Whether a seed is kept for the public key.</summary>
    /// <param name="publicKey">The public key.</param>
    public abstract bool Contains(string publicKey);

    /// <summary>The public keys of all key pairs that are kept, in no order.</summary>
    public abstract IEnumerable<string> PublicKeys();
}
