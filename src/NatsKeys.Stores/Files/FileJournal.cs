using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>
/// The journal of one who writes secrets or changes a store: a file in the key root, where files are their owner's alone, so that nobody else can
/// have written it. It has the steps of a change while they are done, and the folders elsewhere in which files wait for their places. It holds no
/// secret. As long as its process lives and needs it, the file is held: what waits for a journal that nobody holds can be cleared away.
/// </summary>
/// <param name="keyRoot">The key root.</param>
/// <param name="storeRoot">The store's folder; null where no store changes.</param>
/// <param name="known">The key root as it was; null where nobody knows.</param>
internal sealed class FileJournal(string keyRoot, string? storeRoot = null, KnownFolder? known = null) : Staging
{
    private readonly Lock changing = new();
    private readonly List<string> folders = [];
    private string? identity;
    private string? madeFolder;
    private FileStream? file;

    // Asked of the stream once: it sets its position each time.
    private SafeFileHandle? handle;

    // Which file it is; null where the system does not say.
    private FileStatus? status;
    private int users;

    /// <summary>Whether the file is there, between changes or within one.</summary>
    public bool IsKept => file is not null;

    /// <summary>Where the journal is.</summary>
    public JournalPlace Place { get; private set; } = NewPlace(keyRoot);

    public string KeyRoot => keyRoot;

    private string Location => JournalFolder.PathOf(Place);

    /// <summary>The store's folder.</summary>
    public string StoreRoot => storeRoot ?? throw new InvalidOperationException("The change is not a change of a store.");

    /// <summary>The one name of the store.</summary>
    public string StoreIdentity => CanonicalPath.Of(StoreRoot);

    public bool IsInKeyRoot(string path) => JournalRecord.RelativeTo(keyRoot, path) is not null;

    /// <summary>Needs the journal from now on, until as many times it is needed no more.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: the key root has gone since it was used first.</exception>
    public void BeginUse()
    {
        lock (changing)
        {
            RequirePlace();
            Interlocked.Increment(ref users);
        }
    }

    /// <summary>Needs the journal no more.</summary>
    public void EndUse()
    {
        known?.Learn();
        Interlocked.Decrement(ref users);
    }

    /// <summary>A name for a file that belongs to a change and waits for its place.</summary>
    public string NewFile(bool inKeyRoot)
    {
        if (inKeyRoot)
        {
            lock (changing)
            {
                Open();
            }
        }

        return Path.Combine(inKeyRoot ? keyRoot : StoreRoot, JournalFolder.StagedName(Place.Id));
    }

    /// <inheritdoc/>
    public override StagedFile Stage(string target)
    {
        if (storeRoot is not null && JournalRecord.RelativeTo(storeRoot, target) is not null)
        {
            // Whoever changes the store clears it away, whether or not anybody has a journal.
            return new StagedFile(NewFile(inKeyRoot: false));
        }

        if (!IsInKeyRoot(target))
        {
            return StageIn(Path.GetDirectoryName(target)!, target);
        }

        lock (changing)
        {
            RequirePlace();
            Open();
            return Staged(keyRoot);
        }
    }

    /// <summary>A place for a prepared file in another folder, which is recorded first. If that fails, nothing cleans it up.</summary>
    public override StagedFile StageIn(string folder, string target)
    {
        lock (changing)
        {
            try
            {
                RequirePlace();
                if (!folders.Contains(folder))
                {
                    Open();
                    folders.Add(folder);
                    Write([], flush: true);
                }
            }
            catch (Exception error) when (error is NatsKeysException or IOException or UnauthorizedAccessException)
            {
                folders.Remove(folder);
                return StagedFile.Beside(target);
            }

            return Staged(folder);
        }
    }

    /// <summary>
    /// Makes the journal say whose it is, before the store names it: whoever clears away what others left can then tell that it is still named.
    /// </summary>
    /// <inheritdoc cref="TryWrite"/>
    public string? TryBegin() => identity is null ? TryWrite([], flush: false) : null;

    /// <summary>Notes steps. Where keys cannot be written a change goes on without the journal.</summary>
    /// <returns>Null, or why there is no journal.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: there is no room for it, for example.</exception>
    public string? TryWrite(IReadOnlyList<FileStep> steps, bool flush = true)
    {
        lock (changing)
        {
            try
            {
                Open();
                SafeFiles.Guard(Location, () => Write(steps, flush));
                return null;
            }
            catch (NatsKeysException error) when (SafeFiles.IsForbidden(error.InnerException))
            {
                return $"Several files were changed without a journal in the key root: {error.Message} An interruption would have left the change "
                    + "incomplete.";
            }
        }
    }

    /// <summary>
    /// Says that nothing is left to do. The file stays: to make one for each of many changes and to delete it can take longer than the rest
    /// of the change.
    /// </summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    public void End()
    {
        lock (changing)
        {
            if (file is not null)
            {
                SafeFiles.Guard(Location, WriteEnd);
            }
        }
    }

    /// <summary>Leaves the journal to whoever changes the store next, and begins another one.</summary>
    public void Leave()
    {
        lock (changing)
        {
            file?.Dispose();
            file = null;
            folders.Clear();
            (Place, identity) = (NewPlace(keyRoot), null);
        }
    }

    /// <summary>Takes the file away where nobody needs it.</summary>
    public void Close()
    {
        lock (changing)
        {
            if (file is null || users > 0)
            {
                return;
            }

            JournalFolder.Delete(file, Location);
            file = null;
            folders.Clear();
            (Place, identity) = (NewPlace(keyRoot), null);
            RemoveMadeFolder();
        }
    }

    private static JournalPlace NewPlace(string keyRoot) => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)), keyRoot);

    private StagedFile Staged(string folder)
    {
        Interlocked.Increment(ref users);
        return new StagedFile(Path.Combine(folder, JournalFolder.StagedName(Place.Id)), EndUse);
    }

    private void Open()
    {
        while (file is null)
        {
            string? missing = FirstMissing(keyRoot);
            file = JournalFolder.TryCreate(keyRoot, Place.Id);
            madeFolder = file is null ? madeFolder : missing;
            Place = file is null ? NewPlace(keyRoot) : Place;
            handle = file?.SafeFileHandle;
            status = handle is null ? null : FileStatus.Of(handle);
        }
    }

    /// <summary>
    /// Begins another journal where somebody took this one away: what is written to a file without a name helps nobody. Where its key root has gone,
    /// nothing is begun. A journal that is where it was tells that the key root is, too.
    /// </summary>
    private void RequirePlace()
    {
        if (file is not null && (users > 0 || IsThere()))
        {
            return;
        }

        known?.Require();
        if (file is not null)
        {
            Leave();
        }
    }

    private bool IsThere() => status is { } own ? FileStatus.Of(Location) is { } named && named.IsSame(own) : File.Exists(Location);

    private void Write(IReadOnlyList<FileStep> steps, bool flush)
    {
        // To find it out takes longer than the rest: it holds as long as the journal does.
        identity ??= storeRoot is null ? null : StoreIdentity;
        ReadOnlyMemory<byte> bytes = new JournalRecord(identity, folders, steps).Encode(storeRoot ?? keyRoot, keyRoot);
        FileKind.Journal.RequireFits(JournalFolder.PathOf(Place), bytes.Length);
        RandomAccess.Write(handle!, bytes.Span, fileOffset: 0);
        if (flush)
        {
            Disk.Current.Flush(Location, handle!);
        }
    }

    /// <summary>A text without a length has no steps, and still says whose it is. Folders have to be said again.</summary>
    private void WriteEnd()
    {
        if (folders.Count > 0)
        {
            Write([], flush: false);
            return;
        }

        RandomAccess.Write(handle!, JournalRecord.NoLength, fileOffset: 0);
    }

    /// <summary>The outermost folder of a path that is not there; null where all are.</summary>
    private static string? FirstMissing(string folder)
    {
        string? missing = null;
        for (string? at = folder; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
        {
            missing = at;
        }

        return missing;
    }

    /// <summary>A key root that came into being for the journal alone goes with it.</summary>
    private void RemoveMadeFolder()
    {
        try
        {
            for (string? at = madeFolder is null ? null : keyRoot; at is not null && at.Length >= madeFolder!.Length; at = Path.GetDirectoryName(at))
            {
                Directory.Delete(at);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Something is in it by now.
        }

        madeFolder = null;
    }
}
