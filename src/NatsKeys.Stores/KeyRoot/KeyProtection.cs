using NatsKeys.Files;
using NSec.Cryptography;

namespace NatsKeys.KeyRoot;

/// <summary>
/// The passphrase protection of a key root: adds, changes and removes it. A key root is protected if it contains a header file. Writers of seeds hold
/// a lock of the root, so that the protection cannot change meanwhile.
/// </summary>
internal sealed class KeyProtection
{
    private const string LockName = ".natskeys.keys.lock";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly ProtectionFile file;
    private readonly KeyRootAccess seeds;
    private readonly string root;

    public KeyProtection(string root)
    {
        file = new ProtectionFile(root);
        seeds = new KeyRootAccess(file);
        this.root = file.Root;
    }

    public KeyProtectionState State => seeds.State;

    /// <summary>Locks the root for writing seeds. Several writers can hold this lock at once.</summary>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <param name="idle">Keeps the lock file open for the next time; null not to keep it.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.StoreBusy"/>: adding or removing the protection takes too long. Or <see cref="ErrorCode.FileAccess"/>.
    /// </exception>
    public IDisposable Hold(CancellationToken cancellation, IdleLock? idle = null) => Hold(isShared: true, cancellation, idle);

    /// <summary>Protects a root without changing its seeds. If the root is already protected, this changes the passphrase.</summary>
    public void Protect(ReadOnlySpan<char> passphrase, ProtectionCost cost, CancellationToken cancellation = default)
    {
        RequirePassphrase(passphrase);
        RemoveUnfinishedFiles();
        using IDisposable held = Hold(isShared: false, cancellation);
        if (file.Read() is not { } header)
        {
            Make(passphrase, cost);
            return;
        }

        if (!seeds.IsOpen(header) && seeds.TryOpen(header, passphrase))
        {
            // The passphrase is the same, so this completes an interrupted protection.
            return;
        }

        Key key = seeds.RequireKey(header);
        file.Write(ProtectionHeader.Wrap(key, header.Id, passphrase, cost), overwrite: true);
        if (!IsOpenedBy(passphrase))
        {
            file.Write(header, overwrite: true);
            throw SealedKeyFile.Damaged(file.Path, "It could not be verified after writing, and is unchanged");
        }
    }

    /// <summary>Gets the root key with a passphrase. Does nothing if the root is not protected.</summary>
    public void Unlock(ReadOnlySpan<char> passphrase)
    {
        RequirePassphrase(passphrase);
        seeds.Open(passphrase);
    }

    public void RequireUnlocked()
    {
        if (file.Read() is { } header)
        {
            seeds.RequireKey(header);
        }
    }

    /// <summary>Forgets the root key.</summary>
    public void Lock() => seeds.Close();

    /// <summary>Returns the text to write for a seed: encrypted if the root is protected. It stays correct as long as the root is locked.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeyStoreLocked"/>.</exception>
    public ReadOnlySpan<char> Form(string publicKey, ReadOnlySpan<char> seed)
    {
        if (file.Read() is { } header)
        {
            return SealedKeyFormat.Seal(seeds.RequireKey(header), publicKey, seed);
        }

        RequireNoneSealed();
        return seed;
    }

    /// <summary>Encrypts a seed file that is still plain.</summary>
    /// <returns>Whether it was plain.</returns>
    public bool Seal(string publicKey, string seedFile, CancellationToken cancellation = default)
    {
        using IDisposable held = Hold(cancellation);
        ProtectionHeader header = file.Read()
            ?? throw new NatsKeysException(ErrorCode.CannotProtect, $"The key root '{root}' is not protected.") { Path = root };
        return SealedKeyFile.Seal(seeds.RequireKey(header), publicKey, seedFile);
    }

    /// <summary>Decrypts a seed file.</summary>
    /// <returns>Whether it was encrypted.</returns>
    public bool Unseal(string publicKey, string seedFile, CancellationToken cancellation = default)
    {
        using IDisposable held = Hold(cancellation);
        return file.Read() is { } header && SealedKeyFile.Unseal(seeds.RequireKey(header), publicKey, seedFile);
    }

    /// <summary>Removes the protection: decrypts the remaining encrypted seeds, then deletes the header.</summary>
    /// <param name="files">Returns the existing seed files with their public keys.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    public void Unprotect(Func<IEnumerable<(string PublicKey, string File)>> files, CancellationToken cancellation = default)
    {
        if (file.Read() is null)
        {
            return;
        }

        // The slow part runs before the lock is taken, so that writers need not wait for it.
        foreach ((string publicKey, string seedFile) in files())
        {
            Unseal(publicKey, seedFile, cancellation);
        }

        using IDisposable held = Hold(isShared: false, cancellation);
        Unseal(files());
        file.Delete();
    }

    /// <summary>
    /// Refuses to store a plain seed if the header file was lost. That is the case if this process has seen the root protected and some seeds are
    /// still encrypted: removing the protection would have decrypted them, and without the header they cannot be.
    /// </summary>
    private void RequireNoneSealed()
    {
        if (file.Last() is null)
        {
            return;
        }

        string keys = KeyRootLayout.KeysOf(root);
        string[] all = SafeFiles.Guarded(
            keys, () => Directory.Exists(keys) ? Directory.GetFiles(keys, "*" + KeyRootLayout.KeyExtension, KeyRootLayout.Below) : []);
        if (Array.Find(all, SealedKeyFile.IsSealed) is { } left)
        {
            throw SealedKeyFile.Damaged(file.Path, $"It no longer exists, and '{left}' is still encrypted. Restore it, or no new key can be kept");
        }

        file.Forget();
    }

    private void Unseal(IEnumerable<(string PublicKey, string File)> files)
    {
        if (file.Read() is not { } header)
        {
            return;
        }

        Key key = seeds.RequireKey(header);
        foreach ((string publicKey, string seedFile) in files)
        {
            SealedKeyFile.Unseal(key, publicKey, seedFile);
        }
    }

    private static void RequirePassphrase(ReadOnlySpan<char> passphrase)
    {
        if (passphrase.IsEmpty)
        {
            throw new NatsKeysException(ErrorCode.NoPassphrase, "The passphrase is empty.");
        }
    }

    /// <summary>Removes unfinished files of killed processes, which may contain plain seeds.</summary>
    private void RemoveUnfinishedFiles()
    {
        string keys = KeyRootLayout.KeysOf(root);
        DateTime longAgo = TimeProvider.System.GetUtcNow().UtcDateTime - Patience;
        string[] left = SafeFiles.Guarded(keys, () => Directory.Exists(keys) ? Directory.GetFiles(keys, ".*.tmp", KeyRootLayout.Below) : []);
        foreach (string old in left.Where(path => File.GetLastWriteTimeUtc(path) < longAgo))
        {
            SafeFiles.Delete(old);
        }

        if (JournalFolder.Clear(root) is [var pending, ..])
        {
            throw new NatsKeysException(
                ErrorCode.StoreBusy,
                $"An interrupted change may still have seeds to move into the key root '{root}' (journal '{pending}'). Open its store "
                    + "to finish the change, and try again.") { Path = pending };
        }
    }

    private void Make(ReadOnlySpan<char> passphrase, ProtectionCost cost)
    {
        string id = ProtectionHeader.NewId();
        Key key = RootKeys.Keep(root, id, Key.Create(AeadAlgorithm.XChaCha20Poly1305, RootKeys.Exportable));
        file.Write(ProtectionHeader.Wrap(key, id, passphrase, cost), overwrite: false);
        if (!IsOpenedBy(passphrase))
        {
            throw SealedKeyFile.Damaged(file.Path, "It could not be verified after writing. No seed was encrypted");
        }
    }

    private FileLock Hold(bool isShared, CancellationToken cancellation, IdleLock? idle = null) =>
        FileLock.Take(Path.Combine(root, LockName), "key root", isSecret: true, isShared, TimeProvider.System, cancellation, idle);

    /// <summary>Whether the passphrase decrypts the root key.</summary>
    private bool IsOpenedBy(ReadOnlySpan<char> passphrase)
    {
        using Key? opened = file.Read()?.Unwrap(passphrase);
        return opened is not null;
    }
}
