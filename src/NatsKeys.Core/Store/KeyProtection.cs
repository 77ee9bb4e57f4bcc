using System.Collections.Concurrent;
using NatsKeys.Keys;
using NSec.Cryptography;

namespace NatsKeys.Store;

/// <summary>
/// The protection of a key root: whether it has any, and what is needed to read and write its seeds. A header file beside the seeds makes
/// a root protected. Others may take it away or put another in its place at any time, so it is looked at whenever a seed is. Who writes seeds
/// holds the root, so that it neither comes nor goes meanwhile.
/// </summary>
internal sealed class KeyProtection
{
    public const string FileName = "protection.yaml";
    public const string LockName = ".natskeys.keys.lock";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly ConcurrentDictionary<string, Seen> Headers = new(StringComparer.Ordinal);
    private readonly string root;
    private readonly string path;

    public KeyProtection(string root)
    {
        // One name for a root, whoever looks.
        this.root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        path = Path.Combine(this.root, FileName);
    }

    public KeyProtectionState State
    {
        get
        {
            try
            {
                return Header() is not { } header ? KeyProtectionState.None
                    : RootKeys.Find(root, header.Id) is null ? KeyProtectionState.Locked : KeyProtectionState.Unlocked;
            }
            catch (NatsKeysException)
            {
                // Who opens a seed is told why.
                return KeyProtectionState.Locked;
            }
        }
    }

    /// <summary>The protection of the key root in whose place for seeds a file lies.</summary>
    public static KeyProtection Of(string file)
    {
        // <root>/keys/U/AB/UAB….nk
        string? folder = Path.GetDirectoryName(Path.GetFullPath(file));
        string? root = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(folder)));
        return new KeyProtection(root ?? folder!);
    }

    /// <summary>Holds the root for writing seeds, together with others who do.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreBusy"/>: its protection takes too long to come or go; or <see cref="ErrorCode.FileAccess"/>.</exception>
    public IDisposable Hold() => Hold(isShared: true);

    /// <summary>Makes a root protected, without touching its seeds. One that is protected already gets another passphrase.</summary>
    public void Protect(ReadOnlySpan<char> passphrase, ProtectionCost cost)
    {
        RequirePassphrase(passphrase);
        RemoveLeftOvers();
        using IDisposable held = Hold(isShared: false);
        if (ReadHeader() is not { } header)
        {
            Make(passphrase, cost);
            return;
        }

        if (RootKeys.Find(root, header.Id) is null && TryUnlock(header, passphrase) is not null)
        {
            // With this very passphrase: a protection that was interrupted is being finished.
            return;
        }

        Key key = RequireKey(header);
        StoreFiles.Write(path, ProtectionHeader.Wrap(key, header.Id, passphrase, cost).ToBytes(), secret: true);
        if (!IsOpenedBy(passphrase))
        {
            StoreFiles.Write(path, header.ToBytes(), secret: true);
            throw SealedKeyFile.Damaged(path, "It was not read back as it was written, and is as it was before");
        }
    }

    /// <summary>Gets the root key with a passphrase; nothing happens where nothing is protected.</summary>
    public void Unlock(ReadOnlySpan<char> passphrase)
    {
        RequirePassphrase(passphrase);
        if (ReadHeader() is { } header && TryUnlock(header, passphrase) is null)
        {
            throw Wrong("The passphrase");
        }
    }

    public void RequireUnlocked()
    {
        if (ReadHeader() is { } header)
        {
            RequireKey(header);
        }
    }

    /// <summary>The text under which a seed is kept, as long as the root is held.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeyStoreLocked"/>.</exception>
    public ReadOnlySpan<char> Form(string publicKey, ReadOnlySpan<char> seed) => ReadHeader() is { } header ? SealedKeyText.Seal(RequireKey(header), publicKey, seed) : seed;

    /// <summary>Forgets the root key.</summary>
    public void Lock()
    {
        if (ReadHeader() is { } header)
        {
            RootKeys.Forget(root, header.Id);
        }
    }

    /// <summary>Takes the protection off: decrypts what is still encrypted, and removes the header, which nothing needs then.</summary>
    /// <param name="files">Gives the seed files that there are, with their public keys.</param>
    public void Unprotect(Func<IEnumerable<(string PublicKey, string File)>> files)
    {
        if (ReadHeader() is null)
        {
            return;
        }

        // What takes long comes before, so that those who write need not wait for it.
        foreach ((string publicKey, string file) in files())
        {
            Unseal(publicKey, file);
        }

        using IDisposable held = Hold(isShared: false);
        Unseal(files());
        StoreFiles.Delete(path);
        Headers.TryRemove(path, out _);
    }

    /// <summary>Encrypts a seed file that is still plain.</summary>
    /// <returns>Whether it was plain.</returns>
    public bool Seal(string publicKey, string file)
    {
        using IDisposable held = Hold();
        return SealedKeyFile.Seal(RequireKey(ReadHeader() ?? throw Unprotected()), publicKey, file);
    }

    /// <summary>Makes a seed file plain again.</summary>
    /// <returns>Whether it was encrypted.</returns>
    public bool Unseal(string publicKey, string file)
    {
        using IDisposable held = Hold();
        return ReadHeader() is { } header && SealedKeyFile.Unseal(RequireKey(header), publicKey, file);
    }

    /// <summary>Reads the text of a seed file, encrypted or plain.</summary>
    public NatsKeyPair Parse(string file, ReadOnlySpan<char> text)
    {
        if (SealedKeyText.IsSealed(text))
        {
            return Open(file, text);
        }

        try
        {
            return KeyFile.Parse(text);
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.NoSeedFound && File.Exists(path))
        {
            throw new NatsKeysException(ErrorCode.KeyDamaged, $"The file '{file}' is neither an encrypted seed nor a plain one. {error.Message}", error) { Path = file };
        }
    }

    private void Unseal(IEnumerable<(string PublicKey, string File)> files)
    {
        if (ReadHeader() is not { } header)
        {
            return;
        }

        Key key = RequireKey(header);
        foreach ((string publicKey, string file) in files)
        {
            SealedKeyFile.Unseal(key, publicKey, file);
        }
    }

    private static void RequirePassphrase(ReadOnlySpan<char> passphrase)
    {
        if (passphrase.IsEmpty)
        {
            throw new NatsKeysException(ErrorCode.NoPassphrase, "The passphrase is empty.");
        }
    }

    private NatsKeyPair Open(string file, ReadOnlySpan<char> text)
    {
        ProtectionHeader header = Header() ?? throw SealedKeyFile.Damaged(file, $"It is an encrypted seed, and '{path}', without which nothing opens it, is not there");
        string publicKey = Path.GetFileNameWithoutExtension(file);
        if (SealedKeyText.Open(RequireKey(header), publicKey, text) is { } opened)
        {
            return opened;
        }

        // A file system with coarse times may have hidden that the header is another one.
        return ReadHeader() is { } now && now.Id != header.Id && SealedKeyText.Open(RequireKey(now), publicKey, text) is { } again
            ? again
            : throw SealedKeyFile.Damaged(file);
    }

    /// <summary>What a process that was killed had begun to write may be a plain seed.</summary>
    private void RemoveLeftOvers()
    {
        string keys = Path.Combine(root, "keys");
        DateTime longAgo = TimeProvider.System.GetUtcNow().UtcDateTime - Patience;
        string[] left = StoreFiles.Guarded(keys, () => Directory.Exists(keys) ? Directory.GetFiles(keys, ".*.tmp", SearchOption.AllDirectories) : []);
        string[] waiting = StoreFiles.Guarded(root, () => Directory.Exists(root) ? FileJournal.WaitingIn(root) : []);
        foreach (string file in left.Concat(waiting).Where(file => File.GetLastWriteTimeUtc(file) < longAgo))
        {
            if (waiting.Contains(file) && new FileInfo(FileJournal.NoteOf(file)) is { Exists: true, Length: > 0 } note)
            {
                throw new NatsKeysException(
                    ErrorCode.StoreBusy, $"A change that was interrupted has seeds of the key root '{root}' still waiting for their places: its note is '{note.FullName}'. Open the store that it belongs to, which finishes the change, and try again.") { Path = note.FullName };
            }

            StoreFiles.Delete(file);
        }
    }

    private void Make(ReadOnlySpan<char> passphrase, ProtectionCost cost)
    {
        string id = ProtectionHeader.NewId();
        Key key = RootKeys.Keep(root, id, Key.Create(AeadAlgorithm.XChaCha20Poly1305, RootKeys.Exportable));
        StoreFiles.Write(path, ProtectionHeader.Wrap(key, id, passphrase, cost).ToBytes(), secret: true, overwrite: false);
        if (!IsOpenedBy(passphrase))
        {
            throw SealedKeyFile.Damaged(path, "It was not read back as it was written. No seed was encrypted");
        }
    }

    private FileStream Hold(bool isShared) => FileLock.Take(Path.Combine(root, LockName), "key root", isSecret: true, isShared);

    /// <summary>Whether what stands there opens: without it no seed does.</summary>
    private bool IsOpenedBy(ReadOnlySpan<char> passphrase)
    {
        using Key? opened = ReadHeader()?.Unwrap(passphrase);
        return opened is not null;
    }

    private Key? TryUnlock(ProtectionHeader header, ReadOnlySpan<char> passphrase) =>
        header.Unwrap(passphrase) is { } key ? RootKeys.Keep(root, header.Id, key) : null;

    private Key RequireKey(ProtectionHeader header)
    {
        if (RootKeys.Find(root, header.Id) is { } known)
        {
            return known;
        }

        if (Environment.GetEnvironmentVariable(StoreRoots.PassphraseVariable) is not { Length: > 0 } passphrase)
        {
            throw new NatsKeysException(
                ErrorCode.KeyStoreLocked, $"The key root '{root}' is protected by a passphrase. Unlock-NatsKeyStore unlocks it, or the environment variable {StoreRoots.PassphraseVariable}.") { Path = root };
        }

        // A wrong one takes as long as the right one, and is tried once.
        if (Headers.TryGetValue(path, out Seen? seen) && seen.Refused == passphrase)
        {
            throw Wrong($"The passphrase of the environment variable {StoreRoots.PassphraseVariable}");
        }

        if (TryUnlock(header, passphrase) is { } key)
        {
            return key;
        }

        if (seen is not null)
        {
            seen.Refused = passphrase;
        }

        throw Wrong($"The passphrase of the environment variable {StoreRoots.PassphraseVariable}");
    }

    private NatsKeysException Wrong(string what) =>
        new(ErrorCode.WrongPassphrase, $"{what} does not open the key root '{root}': it is wrong, or '{path}' was altered.") { Path = path };

    private NatsKeysException Unprotected() => new(ErrorCode.CannotProtect, $"The key root '{root}' is not protected.") { Path = root };

    /// <summary>The header as it was seen last, where the file is still that one; null where there is none.</summary>
    private ProtectionHeader? Header()
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return null;
        }

        return Headers.TryGetValue(path, out Seen? seen) && seen.Time == file.LastWriteTimeUtc && seen.Length == file.Length ? seen.Header : ReadHeader();
    }

    /// <summary>The header as it is now; null where there is none.</summary>
    private ProtectionHeader? ReadHeader()
    {
        var file = new FileInfo(path);
        if (!file.Exists || StoreFiles.Read(path) is not { } bytes)
        {
            return null;
        }

        try
        {
            ProtectionHeader header = ProtectionHeader.Read(bytes);
            if (!Headers.TryGetValue(path, out Seen? seen) || seen.Time != file.LastWriteTimeUtc || seen.Length != file.Length || seen.Header.Id != header.Id)
            {
                Headers[path] = new Seen(header, file.LastWriteTimeUtc, file.Length);
            }

            return header;
        }
        catch (NatsKeysException error)
        {
            throw new NatsKeysException(error.Code, $"The key root '{root}' cannot be opened. The file '{path}' cannot be used. {error.Message}", error) { Path = path };
        }
    }

    private sealed record Seen(ProtectionHeader Header, DateTime Time, long Length)
    {
        public string? Refused { get; set; }
    }
}
