using NatsKeys.Keys;

namespace NatsKeys.KeyRoot;

/// <summary>The store of private keys that belongs to a store of entities.</summary>
public abstract class KeyStore
{
    /// <summary>The folder, or a text that says that there is none, for display.</summary>
    public abstract string Location { get; }

    /// <summary>How users other than the owner can read or replace the keys, and how to prevent it, as messages; empty if they cannot.</summary>
    public virtual IReadOnlyList<string> Exposures => [];

    /// <summary>Whether the seeds are encrypted with a passphrase, and whether this process can open them.</summary>
    public virtual KeyProtectionState Protection => KeyProtectionState.None;

    /// <summary>Whether other stores may have their keys here, too.</summary>
    internal virtual bool IsShared => true;

    /// <summary>Finds the key pair of a public key; null if its seed is not here. The caller disposes it.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeyConflict"/>: another key is stored there. <see cref="ErrorCode.KeyStoreLocked"/>,
    /// <see cref="ErrorCode.WrongPassphrase"/> or <see cref="ErrorCode.KeyDamaged"/>: the seed is encrypted and cannot be decrypted.
    /// </exception>
    public abstract NatsKeyPair? Find(string publicKey);

    /// <summary>Stores a key pair. A key pair that is already here is left unchanged.</summary>
    /// <param name="key">The key pair, with its seed.</param>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeyConflict"/>: another key is stored under its public key. <see cref="ErrorCode.KeyStoreLocked"/> or
    /// <see cref="ErrorCode.WrongPassphrase"/>: the seed cannot be encrypted.
    /// </exception>
    public abstract void Add(NatsKeyPair key, CancellationToken cancellation = default);

    /// <summary>Whether the seed of a public key is stored here.</summary>
    /// <param name="publicKey">The public key.</param>
    public abstract bool Contains(string publicKey);

    /// <summary>Returns when a key pair was stored here; null if it was not, or if that is unknown.</summary>
    /// <param name="publicKey">The public key.</param>
    public abstract DateTimeOffset? KeptSince(string publicKey);

    /// <summary>Returns the file that contains, or would contain, the seed of a public key; null if keys are not stored in files.</summary>
    /// <param name="publicKey">The public key.</param>
    internal virtual string? PathOf(string publicKey) => null;

    /// <summary>Returns the public keys of all stored key pairs, in no particular order.</summary>
    public abstract IEnumerable<string> PublicKeys();

    /// <summary>
    /// Encrypts new seeds from now on. <see cref="Seal"/> encrypts existing ones. A protected key store must be unlocked and gets the new passphrase;
    /// if it already has this passphrase, it is only unlocked.
    /// </summary>
    /// <param name="passphrase">The passphrase. The caller clears it.</param>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.NoPassphrase"/>: the passphrase is empty. <see cref="ErrorCode.KeyStoreLocked"/> or
    /// <see cref="ErrorCode.WrongPassphrase"/>: the keys are protected by another passphrase. <see cref="ErrorCode.CannotProtect"/>: the keys are not
    /// on disk.
    /// </exception>
    public virtual void Protect(ReadOnlySpan<char> passphrase, CancellationToken cancellation = default) =>
        throw new NatsKeysException(ErrorCode.CannotProtect, "Keys in memory cannot be protected. Only a key root on disk can.");

    /// <summary>Lets this process decrypt the seeds until it ends. Does nothing if they are not protected.</summary>
    /// <param name="passphrase">The passphrase. The caller clears it.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.NoPassphrase"/>: the passphrase is empty. <see cref="ErrorCode.WrongPassphrase"/>: the passphrase is wrong.
    /// </exception>
    public virtual void Unlock(ReadOnlySpan<char> passphrase)
    {
    }

    /// <summary>Unlocks a locked key store with the passphrase of the environment. Reading a seed does the same.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeyStoreLocked"/> or <see cref="ErrorCode.WrongPassphrase"/>.</exception>
    public virtual void RequireUnlocked()
    {
    }

    /// <summary>Makes this process forget the root key. Does nothing if the seeds are not protected.</summary>
    public virtual void Lock()
    {
    }

    /// <summary>Encrypts the seed of a public key if it is still plain.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <returns>Whether it was plain.</returns>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.CannotProtect"/>: the keys are not protected. Other codes: the seed cannot be read or written.
    /// </exception>
    public virtual bool Seal(string publicKey, CancellationToken cancellation = default) =>
        throw new NatsKeysException(ErrorCode.CannotProtect, "Keys in memory cannot be protected. Only a key root on disk can.");

    /// <summary>Decrypts the stored seed of a public key, so that it is plain again.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <returns>Whether it was encrypted.</returns>
    /// <exception cref="NatsKeysException">The seed cannot be decrypted or written.</exception>
    public virtual bool Unseal(string publicKey, CancellationToken cancellation = default) => false;

    /// <summary>Removes the protection and decrypts all seeds that are still encrypted. Does nothing if they are not protected.</summary>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <exception cref="NatsKeysException">A seed cannot be decrypted. The keys stay protected.</exception>
    public virtual void Unprotect(CancellationToken cancellation = default)
    {
    }

    /// <summary>Returns the location.</summary>
    public override string ToString() => Location;

    /// <summary>Removes a key pair. Does nothing if it is not here.</summary>
    /// <param name="publicKey">The public key.</param>
    internal abstract void Remove(string publicKey);
}
