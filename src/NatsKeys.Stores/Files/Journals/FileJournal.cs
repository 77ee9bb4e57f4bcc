using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>
/// The journal of a process that writes secrets or changes a store: a file in the key root, where only the owner has access, so nobody else can
/// have written it. During a change it contains the steps, and always the folders elsewhere that may contain staged files. It contains no
/// secrets. The process locks the file as long as it needs it. If no process locks a journal, its staged files can be cleared away.
/// </summary>
/// <param name="keyRoot">The key root.</param>
/// <param name="storeRoot">The store's folder; null if no store changes.</param>
/// <param name="known">The key root as first seen; null if it is not checked.</param>
internal sealed class FileJournal(string keyRoot, string? storeRoot = null, KnownFolder? known = null) : Staging
{
    private readonly Lock changing = new();
    private readonly List<string> folders = [];
    private string? identity;
    private string? madeFolder;
    private FileStream? file;

    // Cached, because each call to the property sets the position of the stream.
    private SafeFileHandle? handle;

    // The file's identity; null if the system does not provide it.
    private FileStatus? status;
    private int users;

    /// <summary>Whether the journal file exists. It may be between changes.</summary>
    public bool IsKept => file is not null;

    /// <summary>The location of the journal.</summary>
    public JournalPlace Place { get; private set; } = NewPlace(keyRoot);

    public string KeyRoot => keyRoot;

    private string Location => JournalFolder.PathOf(Place);

    /// <summary>The store's folder.</summary>
    public string StoreRoot => storeRoot ?? throw new InvalidOperationException("The change is not a change of a store.");

    /// <summary>The canonical path of the store.</summary>
    public string StoreIdentity => CanonicalPath.Of(StoreRoot);

    public bool IsInKeyRoot(string path) => JournalRecord.RelativeTo(keyRoot, path) is not null;

    /// <summary>Marks the journal as in use. Each call needs a matching <see cref="EndUse"/>.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: the key root has been removed since its first use.</exception>
    public void BeginUse()
    {
        lock (changing)
        {
            RequirePlace();
            Interlocked.Increment(ref users);
        }
    }

    /// <summary>Ends one use of the journal.</summary>
    public void EndUse()
    {
        known?.Learn();
        Interlocked.Decrement(ref users);
    }

    /// <summary>Returns a path for a staged file of a change.</summary>
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
            // Any process that changes the store clears this file away, even without its journal.
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

    /// <summary>Returns a path for a staged file in another folder. The folder is recorded first; if that fails, the file is not tracked.</summary>
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
    /// Records the store in the journal before the store names the journal. A process that clears up journals can then tell that the store still
    /// names it.
    /// </summary>
    /// <inheritdoc cref="TryWrite"/>
    public string? TryBegin() => identity is null ? TryWrite([], flush: false) : null;

    /// <summary>Records steps. If the key root cannot be written, the change proceeds without a journal.</summary>
    /// <returns>Null, or why there is no journal.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: for example, the disk is full.</exception>
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
    /// Records that nothing remains to be done. The file is kept, because creating and deleting one for each of many changes can take longer than
    /// the rest of a change.
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

    /// <summary>Leaves the journal for the next change of the store to recover, and starts another journal.</summary>
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

    /// <summary>Deletes the journal file unless it is in use.</summary>
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
        if (file is not null)
        {
            return;
        }

        madeFolder = FirstMissing(keyRoot);
        while ((file = JournalFolder.TryCreate(keyRoot, Place.Id)) is null)
        {
            Place = NewPlace(keyRoot);
        }

        handle = file.SafeFileHandle;
        status = FileStatus.Of(handle);
    }

    /// <summary>
    /// Starts another journal if this one was deleted, because no other process can find what is written to a deleted file. Fails if the key root
    /// has been removed. If the journal file still exists, the key root does, too.
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
        // Cached for the lifetime of the journal: resolving the path takes longer than the rest.
        identity ??= storeRoot is null ? null : StoreIdentity;
        ReadOnlyMemory<byte> bytes = new JournalRecord(identity, folders, steps).Encode(storeRoot ?? keyRoot, keyRoot);
        FileKind.Journal.RequireFits(JournalFolder.PathOf(Place), bytes.Length);
        RandomAccess.Write(handle!, bytes.Span, fileOffset: 0);
        if (flush)
        {
            Disk.Current.Flush(Location, handle!);
        }
    }

    /// <summary>Clears the steps. A length of zero suffices, and the text still names the store. Folders must be written again.</summary>
    private void WriteEnd()
    {
        if (folders.Count > 0)
        {
            Write([], flush: false);
            return;
        }

        RandomAccess.Write(handle!, JournalRecord.NoLength, fileOffset: 0);
    }

    /// <summary>Returns the outermost folder of a path that does not exist; null if all exist.</summary>
    private static string? FirstMissing(string folder)
    {
        string? missing = null;
        for (string? at = folder; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
        {
            missing = at;
        }

        return missing;
    }

    /// <summary>Deletes a key root that was created only for the journal.</summary>
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
            // The folder is no longer empty.
        }

        madeFolder = null;
    }
}
