using NatsKeys.Files;
using NatsKeys.Keys;

namespace NatsKeys.KeyRoot;

/// <summary>A key root on disk, in the layout of nsc.</summary>
internal sealed class FolderKeyStore(string root) : KeyStore
{
    private readonly string keys = KeyRootLayout.KeysOf(root);
    private readonly KeyProtection protection = new(root);

    public override string Location => root;

    public override IReadOnlyList<string> Exposures => [.. FolderExposure.Of(root, keys, KeyRootLayout.Folders(root))];

    public override KeyProtectionState Protection => protection.State;

    public override NatsKeyPair? Find(string publicKey)
    {
        string path = PathOf(publicKey);
        if ((TryRead(path) ?? ReadAgain(path)) is not { } key)
        {
            return null;
        }

        if (key.PublicKey == publicKey && key.HasSeed)
        {
            return key;
        }

        key.Dispose();
        throw new NatsKeysException(ErrorCode.KeyConflict, $"The file '{path}' does not hold the seed of {publicKey}.") { Path = path };
    }

    public override void Add(NatsKeyPair key, CancellationToken cancellation = default)
    {
        if (IsKept(key.PublicKey))
        {
            return;
        }

        using IDisposable held = Hold(cancellation);
        using var journal = new BriefJournal(root);
        Write(key, journal, pending: null);
    }

    /// <summary>Stores several key pairs without flushing them.</summary>
    /// <param name="pairs">The key pairs.</param>
    /// <param name="pending">The queue that flushes the files later.</param>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    internal void Add(IEnumerable<NatsKeyPair> pairs, FlushQueue pending, CancellationToken cancellation)
    {
        using IDisposable held = Hold(cancellation);
        using var journal = new BriefJournal(root);
        foreach (NatsKeyPair key in pairs.Where(key => !IsKept(key.PublicKey)))
        {
            Write(key, journal, pending);
        }
    }

    public override bool Contains(string publicKey) => Path.Exists(PathOf(publicKey));

    /// <summary>Returns the time of the file, because a seed never changes.</summary>
    public override DateTimeOffset? KeptSince(string publicKey) =>
        Contains(publicKey) ? new DateTimeOffset(File.GetLastWriteTimeUtc(PathOf(publicKey)), TimeSpan.Zero) : null;

    /// <summary>The key root that is in use, to detect that it was removed or replaced.</summary>
    internal KnownFolder Known { get; } = new(root, KeyRootLayout.InUse(root));

    internal override string PathOf(string publicKey) => KeyRootLayout.KeyFile(root, publicKey);

    public override IEnumerable<string> PublicKeys()
    {
        if (!Directory.Exists(keys))
        {
            return [];
        }

        return SafeFiles.Guarded(keys, () => Directory.GetFiles(keys, "*" + KeyRootLayout.KeyExtension, KeyRootLayout.Below))
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => PublicNkey.TryGetType(name, out _))
            .Distinct(StringComparer.Ordinal);
    }

    public override void Protect(ReadOnlySpan<char> passphrase, CancellationToken cancellation = default)
    {
        Known.Require();
        protection.Protect(passphrase, ProtectionCost.Usual, cancellation);
        Known.Learn();
    }

    public override void Unlock(ReadOnlySpan<char> passphrase) => protection.Unlock(passphrase);

    public override void RequireUnlocked() => protection.RequireUnlocked();

    public override void Lock() => protection.Lock();

    public override bool Seal(string publicKey, CancellationToken cancellation = default) => Contains(publicKey)
        ? protection.Seal(publicKey, PathOf(publicKey), cancellation)
        : throw new NatsKeysException(
            ErrorCode.KeyNotFound,
            $"The file '{PathOf(publicKey)}' does not exist. A key file of that name elsewhere is not part of the key root and is left as it is.");

    public override bool Unseal(string publicKey, CancellationToken cancellation = default) =>
        Contains(publicKey) && protection.Unseal(publicKey, PathOf(publicKey), cancellation);

    public override void Unprotect(CancellationToken cancellation = default) =>
        protection.Unprotect(
            () => PublicKeys().Select(publicKey => (publicKey, PathOf(publicKey))).Where(key => File.Exists(key.Item2)), cancellation);

    internal override void Remove(string publicKey)
    {
        if (Contains(publicKey))
        {
            SafeFiles.Delete(PathOf(publicKey));
        }
    }

    /// <summary>Stores a key pair in a new folder that no other process knows.</summary>
    internal void AddUnprotected(NatsKeyPair key, Staging? staging) =>
        WithSeed(key, seed => SecretFile.Write(PathOf(key.PublicKey), seed, overwrite: false, staging));

    /// <summary>Prevents changes of the protection while seeds are written, until the returned object is disposed.</summary>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <param name="idle">Keeps the lock file open for the next time; null not to keep it.</param>
    internal IDisposable Hold(CancellationToken cancellation, IdleLock? idle = null)
    {
        Known.Require();
        KeepOutOfGit();
        return protection.Hold(cancellation, idle);
    }

    /// <summary>Stores a key pair in a file transaction, before its other changes. The keys are locked until the transaction is committed.</summary>
    internal void Keep(FileTransaction files, NatsKeyPair key) =>
        WithSeed(key, seed => SecretFile.Write(files, PathOf(key.PublicKey), protection.Form(key.PublicKey, seed), isFirst: true));

    /// <summary>Removes a key pair in a file transaction.</summary>
    internal void Forget(FileTransaction files, string publicKey) => files.Delete(PathOf(publicKey));

    private void Write(NatsKeyPair key, BriefJournal journal, FlushQueue? pending)
    {
        try
        {
            WithSeed(key, seed => SecretFile.Write(
                PathOf(key.PublicKey), protection.Form(key.PublicKey, seed), overwrite: false, journal, pending));
            Known.Learn();
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.FileExists && IsKept(key.PublicKey))
        {
            // Another process has just stored the same key.
        }
    }

    private static void WithSeed(NatsKeyPair key, Action<Span<char>> use)
    {
        Span<char> seed = stackalloc char[KeyEncoding.SeedLength];
        key.CopySeed(seed);
        try
        {
            use(seed);
        }
        finally
        {
            seed.Clear();
        }
    }

    private static NatsKeyPair? TryRead(string path)
    {
        try
        {
            return SeedFile.TryRead(path);
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.KeyDamaged && File.Exists(path))
        {
            // Readers take no lock. If the protection was just removed or changed, the file was changed, too.
            return SeedFile.TryRead(path);
        }
    }

    /// <summary>Reads a key file that was not there a moment ago; null if there is none.</summary>
    private static NatsKeyPair? ReadAgain(string path)
    {
        // Another process may have stored the key meanwhile, because readers take no lock.
        if (!Path.Exists(path))
        {
            return null;
        }

        // A dangling link does not show whether the key exists.
        return TryRead(path) ?? (Path.Exists(path) ? throw SecretFile.Missing(path) : null);
    }

    private bool IsKept(string publicKey)
    {
        using NatsKeyPair? kept = Find(publicKey);
        return kept is not null;
    }

    /// <summary>Writes a .gitignore file, because a key root may be inside of a Git repository and keys must not be committed.</summary>
    private void KeepOutOfGit()
    {
        string path = Path.Combine(root, ".gitignore");
        if (!File.Exists(path))
        {
            using var journal = new BriefJournal(root);
            SafeFiles.Write(path, "**/*.nk\n**/*.creds\n.natskeys.*\n"u8, secretFolder: true, staging: journal);
        }
    }
}
