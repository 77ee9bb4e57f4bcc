using System.Collections.Concurrent;
using NatsKeys.Keys;
using NSec.Cryptography;

namespace NatsKeys.Store;

/// <summary>
/// The protection of a key root: whether it has any, and what is needed to read and write its seeds. A header file beside the seeds makes
/// a root protected. Others may take it away or put another in its place at any time, so it is looked at whenever a seed is.
/// </summary>
internal sealed class KeyProtection
{
    public const string FileName = "protection.yaml";
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

    /// <summary>Makes a root protected, without touching its seeds. One that is protected already gets another passphrase.</summary>
    public void Protect(ReadOnlySpan<char> passphrase, ProtectionCost cost)
    {
        RequirePassphrase(passphrase);
        RemoveLeftOvers();
        if (ReadHeader() is not { } header)
        {
            if (TryMake(passphrase, cost))
            {
                return;
            }

            // Somebody else has just protected it.
            header = ReadHeader() ?? throw SealedKeyFile.Damaged(path, "It was taken away again by somebody else");
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

    public void RequireUnlocked() => KeyForWriting();

    /// <summary>The root key under which new seeds are encrypted; null where they stay plain.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeyStoreLocked"/>.</exception>
    public Key? KeyForWriting() => ReadHeader() is { } header ? RequireKey(header) : null;

    /// <summary>Forgets the root key.</summary>
    public void Lock()
    {
        if (ReadHeader() is { } header)
        {
            RootKeys.Forget(root, header.Id);
        }
    }

    /// <summary>Takes the protection off: decrypts what is still encrypted, and removes the header when nothing needs it.</summary>
    /// <param name="files">Gives the seed files that there are, with their public keys.</param>
    public void Unprotect(Func<IEnumerable<(string PublicKey, string File)>> files)
    {
        if (ReadHeader() is not { } header)
        {
            return;
        }

        Key key = RequireKey(header);
        Unseal(key, files());
        StoreFiles.Delete(path);
        Headers.TryRemove(path, out _);
        try
        {
            // Another process may have written a seed while the header was there; one that comes now sees that it is gone.
            Unseal(key, files());
        }
        catch
        {
            StoreFiles.Write(path, header.ToBytes(), secret: true);
            throw;
        }
    }

    /// <summary>Keeps a seed in a new file, encrypted where the root is protected.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeyStoreLocked"/>, and nothing was written.</exception>
    public void Write(string publicKey, string file, ReadOnlySpan<char> seed)
    {
        Key? key = KeyForWriting();
        SecretText.Write(file, Form(key, publicKey, seed), overwrite: false);
        Settle(key, publicKey, file, seed);
    }

    /// <summary>Gives a seed that was just kept the form that it needs by now.</summary>
    /// <param name="key">The root key under which it was encrypted; null where it is plain.</param>
    /// <param name="publicKey">Its public key.</param>
    /// <param name="file">Its file.</param>
    /// <param name="seed">The seed.</param>
    public void Settle(Key? key, string publicKey, string file, ReadOnlySpan<char> seed)
    {
        try
        {
            // Where protection came or went meanwhile, nobody might look at this file again.
            while (KeyForWriting() is var now && now != key)
            {
                key = now;
                SecretText.Write(file, Form(key, publicKey, seed), overwrite: true);
            }
        }
        catch
        {
            StoreFiles.Delete(file);
            throw;
        }
    }

    /// <summary>Encrypts a seed file that is still plain.</summary>
    /// <returns>Whether it was plain.</returns>
    public bool Seal(string publicKey, string file) => SealedKeyFile.Seal(RequireKey(ReadHeader() ?? throw Unprotected()), publicKey, file);

    /// <summary>Makes a seed file plain again.</summary>
    /// <returns>Whether it was encrypted.</returns>
    public bool Unseal(string publicKey, string file) => ReadHeader() is { } header && SealedKeyFile.Unseal(RequireKey(header), publicKey, file);

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

    private static void Unseal(Key key, IEnumerable<(string PublicKey, string File)> files)
    {
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

    /// <summary>The text under which a seed is kept.</summary>
    public static ReadOnlySpan<char> Form(Key? key, string publicKey, ReadOnlySpan<char> seed) => key is null ? seed : SealedKeyText.Seal(key, publicKey, seed);

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
        foreach (string file in left.Where(file => File.GetLastWriteTimeUtc(file) < longAgo))
        {
            StoreFiles.Delete(file);
        }
    }

    /// <summary>Makes the header of a root that has none.</summary>
    /// <returns>Whether it still had none.</returns>
    private bool TryMake(ReadOnlySpan<char> passphrase, ProtectionCost cost)
    {
        string id = ProtectionHeader.NewId();
        Key key = RootKeys.Keep(root, id, Key.Create(AeadAlgorithm.XChaCha20Poly1305, RootKeys.Exportable));
        try
        {
            StoreFiles.Write(path, ProtectionHeader.Wrap(key, id, passphrase, cost).ToBytes(), secret: true, overwrite: false);
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.FileExists)
        {
            RootKeys.Forget(root, id);
            return false;
        }

        return IsOpenedBy(passphrase) ? true : throw SealedKeyFile.Damaged(path, "It was not read back as it was written. No seed was encrypted");
    }

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
