using NatsKeys.Files;
using NatsKeys.Jwt;
using NatsKeys.KeyRoot;

namespace NatsKeys.Store;

/// <summary>A store of YAML files in a folder, made to be committed to Git.</summary>
internal sealed class FolderStore : NatsStore
{
    // File systems note times in steps of a few milliseconds, or of up to two seconds (FAT): then no time has a fraction of a second.
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

    /// <summary>Waits until the disk has everything. The journal goes then, unless another thread needs it.</summary>
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

        // Names are the same whatever their case; the file system may think otherwise.
        return names.FindOther(path) is { } stored && stored != path && Read(stored) is { } found ? (stored, found) : null;
    }

    /// <summary>The time, the size and the number of the file, once the time is so long ago that no later change can have the same.</summary>
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

    /// <summary>Whether a file that is changed now gets another time than it has.</summary>
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

    /// <summary>Begins a transaction. Interrupted changes of other processes are finished first.</summary>
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

    /// <summary>Finishes the interrupted change of another process, unless that process still works.</summary>
    internal void Recover()
    {
        try
        {
            // The journal that the store names comes first: nothing of it is cleared away before it is known what is left to do.
            bool isNeeded = FileLock.ReadRecord(FileLock.PathIn(root))?.Journal is not null
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

    /// <summary>What the content of a file says.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidYaml"/>.</exception>
    internal EntityDocument Decode(string file, byte[] content, EntityKind kind) => Decode(file, content, kind, recent);

    /// <inheritdoc cref="Decode(string, byte[], EntityKind)"/>
    /// <param name="file">The file, for messages.</param>
    /// <param name="content">Its content.</param>
    /// <param name="kind">The kind that belongs there.</param>
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

    /// <summary>Refuses to change what a link puts out of the store.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    internal string RequireInside(string place)
    {
        links.RequireInsideToWrite(place);
        return place;
    }

    /// <summary>Refuses folders that became links out of the store meanwhile.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    internal void RequireFoldersInside(IEnumerable<string> folders) => links.RequireFoldersInside(folders);

    /// <summary>Keeps protection from coming or going while seeds are written, until that is disposed.</summary>
    internal IDisposable HoldKeys(CancellationToken cancellation) => FolderKeys.Hold(cancellation, idleKeys);

    /// <summary>Takes up a token that was signed just now.</summary>
    internal void Signed(NatsJwt token) => recent.Add(token);

    /// <summary>Takes up the names of what was just put into its place.</summary>
    internal void Placed(IEnumerable<EntityPath> paths)
    {
        foreach (EntityPath path in paths)
        {
            names.Add(path);
        }
    }

    /// <summary>Makes an empty store.</summary>
    /// <param name="namedKeyRoot">The key root that it names; null for none.</param>
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
                ErrorCode.StoreExists, $"The folder '{root}' already is a store.") { Path = root, Remedy = Remedy.OpenStore };
        }
    }

    /// <summary>Makes the folder a store where it is none yet, for one who holds its lock.</summary>
    internal void MakeMarker()
    {
        if (!Path.Exists(Layout.Marker))
        {
            StoreMarker.Write(Layout.Marker, keyRoot: null, journal);
        }
    }

    internal override EntityPath Stored(EntityPath path) => IsSafe(path) ? names.Find(path) ?? path : path;

    /// <summary>The one name of the folder, however it is spelled.</summary>
    private string Identity => identity ?? (Directory.Exists(root) ? identity = CanonicalPath.Of(root) : CanonicalPath.Of(root));

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

    /// <summary>The issue time and identifier are only in the token, not in the readable claims. A damaged token shows in the state.</summary>
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
