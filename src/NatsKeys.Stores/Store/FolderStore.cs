using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.KeyRoot;

namespace NatsKeys.Store;

/// <summary>A store of YAML files in a folder, designed to be committed to Git.</summary>
internal sealed class FolderStore : NatsStore
{
    // File systems record times in steps of a few milliseconds, or of up to two seconds (FAT), in which case times have no fraction of a second.
    private static readonly TimeSpan FineStep = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CoarseStep = TimeSpan.FromSeconds(2);
    private readonly StoredNames names;
    private readonly string root;
    private readonly string keyRoot;
    private readonly FileJournal journal;
    private readonly LinkCheck links;
    private readonly RecentTokens recent = new();
    private readonly IdleLock idle = new();
    private readonly IdleLock idleKeys = new();
    private string? identity;
    private bool isClean;

    public FolderStore(string root, string keyRoot, TimeProvider clock)
        : base(new FolderKeyStore(keyRoot), clock, new FlushQueue(root, keyRoot))
    {
        this.root = root;
        this.keyRoot = keyRoot;
        journal = new FileJournal(keyRoot, root, FolderKeys.Known);
        links = new LinkCheck(root);
        Layout = new StoreLayout(root);
        names = new StoredNames(Layout, Names);
    }

    public override string Location => root;

    public override string CredentialRoot => KeyRootLayout.CredentialsOf(keyRoot);

    internal StoreLayout Layout { get; }

    internal override Staging Staging => journal;

    internal FolderKeyStore FolderKeys => (FolderKeyStore)Keys;

    public override bool Exists => Path.Exists(Layout.Marker) || Names().Any();

    public override IEnumerable<string> Names(EntityPath? parent = null)
    {
        if (parent is not null && !IsSafe(parent))
        {
            return [];
        }

        string folder = Layout.FolderOf(parent);
        if (!Directory.Exists(folder))
        {
            // The file system may be case-sensitive, but names are not.
            return parent is not null && names.FindOther(parent) is { } stored && stored != parent ? Names(stored) : [];
        }

        string[] found = SafeFiles.Guarded<string[]>(folder, () => parent?.Kind == EntityKind.Account
            ? [.. Disk.Current.Files(folder).Where(IsUser).Select(name => Path.GetFileNameWithoutExtension(name))]
            : [.. Disk.Current.Folders(folder)]);
        return found
            .Where(
                name => EntityName.IsValid(name)
                    && (parent?.Kind == EntityKind.Account || Path.Exists(Layout.FileOf(StoredNames.Place(parent, name)))))
            .Order(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Waits until everything is on the disk. The journal is then removed, unless another thread needs it.</summary>
    public override void Flush()
    {
        try
        {
            base.Flush();
        }
        finally
        {
            idle.Close();
            idleKeys.Close();
            journal.Close();
        }
    }

    internal override (EntityPath Path, EntityDocument Document)? Load(EntityPath path)
    {
        if (!IsSafe(path))
        {
            return null;
        }

        if (Read(path) is { } document)
        {
            return (names.Spell(path), document);
        }

        // Names are equal whatever their case, but the file system may distinguish them.
        return names.FindOther(path) is { } stored && stored != path && Read(stored) is { } found ? (stored, found) : null;
    }

    /// <summary>
    /// Gets the time, size and file number of the file. Null if the time is so recent that a later change could have the same time.
    /// </summary>
    internal override object? VersionOf(EntityPath path)
    {
        string place = Layout.FileOf(path);
        (DateTime Time, long Size, ulong Number)? version = null;
        if (FileStatus.Of(place) is { IsRegular: true } status)
        {
            version = (status.Time, status.Size, status.Number);
        }
        else if (new FileInfo(place) is { Exists: true } file)
        {
            version = (file.LastWriteTimeUtc, file.Length, 0);
        }

        return version is { } known && IsSettled(known.Time, DateTime.UtcNow) ? known : null;
    }

    /// <summary>Whether a change to the file now would change its time.</summary>
    internal static bool IsSettled(DateTime written, DateTime now) =>
        now - written > (written.Ticks % TimeSpan.TicksPerSecond == 0 ? CoarseStep : FineStep);

    internal override (EntityPath Path, byte[] Text)? LoadText(EntityPath path)
    {
        if (!IsSafe(path))
        {
            return null;
        }

        EntityPath stored = Stored(path);
        return ReadFile(Layout.FileOf(stored)) is { } text ? (stored, text) : null;
    }

    internal override byte[] TextAsKept(EntityPath path, byte[] text) => text;

    internal override List<RotationRecord> ReadRotations()
    {
        links.RequireInside(Layout.Rotations);
        return RotationFile.Read(Layout.Rotations);
    }

    /// <summary>Begins a transaction. Interrupted changes of other processes are recovered first.</summary>
    internal override StoreTransaction BeginChange(CancellationToken cancellation = default)
    {
        HeldStores.RequireOther(Identity, root);
        var storeLock = StoreLock.Take(root, Layout.Marker, Identity, Clock, cancellation, idle);
        try
        {
            EndInterrupted(storeLock);
            return new FolderTransaction(this, new FileTransaction(journal, Unflushed, storeLock.File), storeLock, cancellation);
        }
        catch
        {
            storeLock.Dispose();
            throw;
        }
    }

    /// <summary>Recovers the interrupted change of another process, unless that process is still running.</summary>
    internal void Recover()
    {
        try
        {
            // The journal that the lock names comes first: nothing of it may be cleared before its remaining steps are known.
            bool isNeeded = LockFile.ReadRecord(LockFile.PathIn(root))?.Journal is not null
                || JournalFolder.Clear(keyRoot).Count > 0
                || JournalFolder.HasStaged(root);
            using StoreLock? storeLock = isNeeded ? StoreLock.TryTake(root, Layout.Marker, Identity) : null;
            if (storeLock is not null)
            {
                EndInterrupted(storeLock);
            }
        }
        catch (NatsKeysException error)
        {
            Notice($"An interrupted change of the store {root} cannot be recovered now: {error.Message}", error.Remedy);
        }
    }

    /// <summary>Decodes the content of an entity file.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidYaml"/>.</exception>
    internal EntityDocument Decode(string file, byte[] content, EntityKind kind) => Decode(file, content, kind, recent);

    /// <inheritdoc cref="Decode(string, byte[], EntityKind)"/>
    /// <param name="file">The file, for messages.</param>
    /// <param name="content">Its content.</param>
    /// <param name="kind">The expected kind of entity.</param>
    /// <param name="recent">Tokens that need not be parsed again; null for none.</param>
    internal static EntityDocument Decode(string file, byte[] content, EntityKind kind, RecentTokens? recent)
    {
        try
        {
            return TakeIssueFrom(EntityFile.Read(content, kind), recent);
        }
        catch (NatsKeysException error)
        {
            throw new NatsKeysException(error.Code, $"The file '{file}' cannot be read. {error.Message}", error) { Path = file };
        }
    }

    /// <summary>Throws if a symbolic link would redirect a change outside the store.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    internal string RequireInside(string place)
    {
        links.RequireInsideToWrite(place);
        return place;
    }

    /// <summary>Throws if a folder has meanwhile become a symbolic link that leads outside the store.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    internal void RequireFoldersInside(IEnumerable<string> folders) => links.RequireFoldersInside(folders);

    /// <summary>Prevents the protection of the key root from changing while seeds are written, until the returned object is disposed.</summary>
    internal IDisposable HoldKeys(CancellationToken cancellation) => FolderKeys.Hold(cancellation, idleKeys);

    /// <summary>Remembers a token that was just signed.</summary>
    internal void Signed(NatsJwt token) => recent.Add(token);

    /// <summary>Remembers the names of entities that were just put in place.</summary>
    internal void Placed(IEnumerable<EntityPath> paths)
    {
        foreach (EntityPath path in paths)
        {
            names.Add(path);
        }
    }

    /// <summary>Creates an empty store.</summary>
    /// <param name="namedKeyRoot">The key root that the store names; null for none.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreExists"/>, or <see cref="ErrorCode.FileAccess"/>.</exception>
    internal void Create(string? namedKeyRoot)
    {
        using var storeLock = StoreLock.Take(root, Layout.Marker, Identity, Clock, CancellationToken.None);
        RequireNew();
        EndInterrupted(storeLock);
        StoreMarker.Write(Layout.Marker, namedKeyRoot, journal);
        journal.Close();
    }

    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreExists"/>.</exception>
    internal void RequireNew()
    {
        if (Path.Exists(Layout.Marker))
        {
            throw new NatsKeysException(
                ErrorCode.StoreExists, $"The folder '{root}' is already a store.") { Path = root, Remedy = Remedy.OpenStore };
        }
    }

    /// <summary>Makes the folder a store if it is not one yet. The caller holds the lock.</summary>
    internal void MakeMarker()
    {
        if (!Path.Exists(Layout.Marker))
        {
            StoreMarker.Write(Layout.Marker, keyRoot: null, journal);
        }
    }

    internal override EntityPath Stored(EntityPath path) => IsSafe(path) ? names.Find(path) ?? path : path;

    /// <summary>The canonical name of the folder, however the caller spelled it.</summary>
    internal override string Identity => identity ?? (Directory.Exists(root) ? identity = CanonicalPath.Of(root) : CanonicalPath.Of(root));

    private void EndInterrupted(StoreLock storeLock)
    {
        if (isClean && storeLock.File.Journal is null)
        {
            return;
        }

        if (new JournalRecovery(journal, storeLock.File).Run() is { } notice)
        {
            Notice(notice);
        }

        isClean = true;
    }

    private static bool IsUser(string file) => file.EndsWith(StoreLayout.Extension, StringComparison.OrdinalIgnoreCase);

    private static bool IsSafe(EntityPath path) =>
        EntityName.IsValid(path.Operator) && EntityName.IsValid(path.Account ?? "-") && EntityName.IsValid(path.User ?? "-");

    private byte[]? ReadFile(string file) => links.RequireInside(file) ? SafeFiles.ReadThere(file, FileKind.Entity) : null;

    private EntityDocument? Read(EntityPath path)
    {
        string file = Layout.FileOf(path);
        return ReadFile(file) is { } bytes ? Decode(file, bytes, path.Kind) : null;
    }

    /// <summary>
    /// Copies the issue time and identifier, which only the token has. If the token is damaged, the state of the entity shows that.
    /// </summary>
    private static EntityDocument TakeIssueFrom(EntityDocument document, RecentTokens? recent)
    {
        if (document.Jwt is null)
        {
            return document;
        }

        if ((recent?.Find(document.Jwt) ?? JwtReader.TryReadUnchecked(document.Jwt)) is not { } jwt)
        {
            return document;
        }

        jwt.Claims.Freeze();
        return document with { Wanted = document.Wanted.IssuedLike(jwt.Claims), Unchecked = jwt };
    }
}
