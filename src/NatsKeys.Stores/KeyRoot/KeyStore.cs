using NatsKeys.Keys;

namespace NatsKeys.KeyRoot;

/// <summary>Where the key pairs of a store are kept.</summary>
public abstract class KeyStore
{
    /// <summary>For people: the folder, or that there is none.</summary>
    public abstract string Location { get; }

    /// <summary>Why users other than the owner can read or replace the keys, and what to do about it; null if they cannot. For people.</summary>
    public virtual IReadOnlyList<string> Exposures => [];

    /// <summary>Whether the seeds are encrypted with a passphrase, and whether this process can open them.</summary>
    public virtual KeyProtectionState Protection => KeyProtectionState.None;

    /// <summary>The key pair of a public key, which the caller disposes; null when its seed is not here.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeyConflict"/>: another key is stored there; <see cref="ErrorCode.KeyStoreLocked"/>,
    /// <see cref="ErrorCode.WrongPassphrase"/> or <see cref="ErrorCode.KeyDamaged"/>: it is encrypted and cannot be opened.
    /// </exception>
    public abstract NatsKeyPair? Find(string publicKey);

    /// <summary>Keeps a key pair. One that is here already is left as it is.</summary>
    /// <param name="key">The key pair, with its seed.</param>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeyConflict"/>: another key is stored under its public key; <see cref="ErrorCode.KeyStoreLocked"/> or
    /// <see cref="ErrorCode.WrongPassphrase"/>: the seed cannot be encrypted.
    /// </exception>
    public abstract void Add(NatsKeyPair key, CancellationToken cancellation = default);

    /// <summary>Whether a seed is kept for the public key.</summary>
    /// <param name="publicKey">The public key.</param>
    public abstract bool Contains(string publicKey);

    /// <summary>Since when a key pair is stored here; null if it is not, or if that is unknown.</summary>
    /// <param name="publicKey">The public key.</param>
    public abstract DateTimeOffset? KeptSince(string publicKey);

    /// <summary>The file that holds, or would hold, the seed of a public key; null where keys lie in no files.</summary>
    /// <param name="publicKey">The public key.</param>
    internal virtual string? PathOf(string publicKey) => null;

    /// <summary>The public keys of all key pairs that are kept, in no order.</summary>
    public abstract IEnumerable<string> PublicKeys();

    /// <summary>
    /// Encrypts new seeds from now on. <see cref="Seal"/> encrypts existing ones. A protected key store must be unlocked and gets the new passphrase;
    /// if it already has this passphrase, it is only unlocked.
    /// </summary>
    /// <param name="passphrase">The passphrase. The caller clears it.</param>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.NoPassphrase"/>: it is empty; <see cref="ErrorCode.KeyStoreLocked"/> or <see cref="ErrorCode.WrongPassphrase"/>: it
    /// is protected by another passphrase; <see cref="ErrorCode.CannotProtect"/>: the keys are not on disk.
    /// </exception>
    public virtual void Protect(ReadOnlySpan<char> passphrase, CancellationToken cancellation = default) =>
        throw new NatsKeysException(ErrorCode.CannotProtect, "Keys in memory cannot be protected. Only a key root on disk can.");

    /// <summary>Lets this process open the seeds until it ends; nothing happens where they are not protected.</summary>
    /// <param name="passphrase">The passphrase. The caller clears it.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.NoPassphrase"/>: it is empty; <see cref="ErrorCode.WrongPassphrase"/>: the passphrase is wrong.
    /// </exception>
    public virtual void Unlock(ReadOnlySpan<char> passphrase)
    {
    }

    /// <summary>Unlocks what is locked with the passphrase of the environment, as whatever reads a seed does.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeyStoreLocked"/> or <see cref="ErrorCode.WrongPassphrase"/>.</exception>
    public virtual void RequireUnlocked()
    {
    }

    /// <summary>Has this process forget what opens the seeds; nothing happens where they are not protected.</summary>
    public virtual void Lock()
    {
    }

    /// <summary>Encrypts the seed of a public key where it is not encrypted yet.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <returns>Whether it was plain.</returns>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.CannotProtect"/>: the keys are not protected; or it cannot be read or written.
    /// </exception>
    public virtual bool Seal(string publicKey, CancellationToken cancellation = default) =>
        throw new NatsKeysException(ErrorCode.CannotProtect, "Keys in memory cannot be protected. Only a key root on disk can.");

    /// <summary>Makes the seed of a public key plain again.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <returns>Whether it was encrypted.</returns>
    /// <exception cref="NatsKeysException">It cannot be opened or written.</exception>
    public virtual bool Unseal(string publicKey, CancellationToken cancellation = default) => false;

    /// <summary>Takes the protection off, and makes every seed plain that is still encrypted; nothing happens where they are not protected.</summary>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <exception cref="NatsKeysException">A seed cannot be decrypted. The keys stay protected.</exception>
    public virtual void Unprotect(CancellationToken cancellation = default)
    {
    }

    /// <summary>The location.</summary>
    public override string ToString() => Location;

    /// <summary>Forgets a key pair; nothing happens when it is not here.</summary>
    /// <param name="publicKey">The public key.</param>
    internal abstract void Remove(string publicKey);
}
