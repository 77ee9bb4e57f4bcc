using System.Text.RegularExpressions;

namespace NatsKeys.Files;

/// <summary>The journals of a key root, and their staged files.</summary>
internal static partial class JournalFolder
{
    private const string Prefix = ".natskeys.";
    private const string StagedEnd = ".tmp";
    private const string JournalEnd = ".journal";

    /// <summary>Returns a new name for a staged file.</summary>
    public static string StagedName(string id) => $"{Prefix}{id}.{UniqueName.Next()}{StagedEnd}";

    /// <summary>Returns the path of a journal.</summary>
    public static string PathOf(JournalPlace place) => Path.Combine(place.KeyRoot, $"{Prefix}{place.Id}{JournalEnd}");

    /// <summary>Creates a journal and locks it; null if another process clears it away before it is locked.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    public static FileStream? TryCreate(string keyRoot, string id)
    {
        string path = PathOf(new JournalPlace(id, keyRoot));
        return SafeFiles.Guarded(path, "written", () =>
        {
            try
            {
                FileStream file = FileCreation.OpenIn(path, secret: true, secretFolder: true, FileMode.CreateNew, FileShare.None);
                if (File.Exists(path))
                {
                    return file;
                }

                // Another process cleared it away before it was locked.
                file.Dispose();
                return null;
            }
            catch (IOException error) when (FileCreation.IsWithoutFolder(error) || LockFile.IsHeld(error))
            {
                // Another process deleted the folder, which it had created for its own journal, or is about to clear this journal away.
                return null;
            }
        });
    }

    /// <summary>Locks a journal; null if another process holds it or it does not exist.</summary>
    public static FileStream? TryTake(string path)
    {
        try
        {
            RegularFile.Require(path);
            return new FileStream(path, new FileStreamOptions { BufferSize = 0, Access = FileAccess.ReadWrite, Share = FileShare.None });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads a locked journal.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/> or <see cref="ErrorCode.StoreFormat"/>.</exception>
    public static JournalRecord Read(FileStream file, string storeRoot, string keyRoot)
    {
        byte[] bytes = SafeFiles.Guarded(file.Name, () =>
        {
            long length = RandomAccess.GetLength(file.SafeFileHandle);
            byte[] all = length <= FileKind.Journal.MaximumBytes ? new byte[length] : throw FileKind.Journal.TooLarge(file.Name, length);
            int read = RandomAccess.Read(file.SafeFileHandle, all, fileOffset: 0);
            return all[..read];
        });
        return JournalRecord.Decode(bytes, storeRoot, keyRoot, file.Name);
    }

    /// <summary>Deletes a journal that was opened by its path.</summary>
    public static void Delete(FileStream file) => Delete(file, file.Name);

    /// <summary>Deletes a locked journal and releases it.</summary>
    public static void Delete(FileStream file, string path)
    {
        // On Windows, a stream created with its own access rights does not know its name.
        if (OperatingSystem.IsWindows())
        {
            file.Dispose();
        }

        SafeFiles.TryDelete(path);
        file.Dispose();
    }

    /// <summary>Returns the journals in a key root.</summary>
    public static string[] JournalsIn(string keyRoot) => Files(keyRoot, Prefix + "*" + JournalEnd);

    /// <summary>
    /// Clears away journals and staged files of processes that have ended. Those of a change that must be recovered are kept.
    /// </summary>
    /// <returns>The journals that were kept.</returns>
    public static IReadOnlyList<string> Clear(string keyRoot)
    {
        // Staged files are listed first: their journal is created before them and deleted after them.
        string[] waiting = Files(keyRoot, Prefix + "*" + StagedEnd);
        string[] journals = JournalsIn(keyRoot);
        if (waiting.Length == 0 && journals.Length == 0)
        {
            return [];
        }

        List<string> pending = [];
        foreach (string journal in journals)
        {
            if (TryTake(journal) is { } file)
            {
                using (file)
                {
                    if (!ClearOf(file, keyRoot))
                    {
                        pending.Add(journal);
                    }
                }
            }
        }

        foreach (string path in waiting.Where(path => IdOf(path) is { } id && !File.Exists(PathOf(new JournalPlace(id, keyRoot)))))
        {
            SafeFiles.TryDelete(path);
        }

        return pending;
    }

    /// <summary>Whether a folder contains staged files.</summary>
    public static bool HasStaged(string folder) => Files(folder, Prefix + "*" + StagedEnd).Length > 0;

    /// <summary>Deletes the staged files in a folder: those of one journal that is finished, or all.</summary>
    public static void ClearStaged(string folder, string id = "*")
    {
        foreach (string path in Files(folder, $"{Prefix}{id}.*{StagedEnd}").Where(path => IdOf(path) is not null))
        {
            SafeFiles.TryDelete(path);
        }
    }

    /// <summary>Deletes a locked journal and its staged files outside the key root. Those in it are deleted once they have no journal.</summary>
    /// <returns>Whether they were deleted. They are kept if a change must be recovered.</returns>
    private static bool ClearOf(FileStream file, string keyRoot)
    {
        if (JournalId().Match(Path.GetFileName(file.Name)) is not { Success: true } name)
        {
            return false;
        }

        JournalRecord text;
        try
        {
            // The steps are not performed here, so it does not matter where the store is.
            text = Read(file, keyRoot, keyRoot);
        }
        catch (NatsKeysException)
        {
            return false;
        }

        if (text.Steps.Count > 0 || IsNamed(file.Name, text.Store))
        {
            return false;
        }

        foreach (string folder in text.Folders)
        {
            ClearStaged(folder, name.Groups["id"].Value);
        }

        Delete(file);
        return true;
    }

    /// <summary>
    /// Whether the lock of a store names a journal. The store's next change then looks for it, and must find that no steps remain.
    /// </summary>
    private static bool IsNamed(string path, string? store) =>
        store is not null
            && LockFile.ReadRecord(LockFile.PathIn(store))?.Journal is { } named
            && Path.GetFileName(PathOf(named)) == Path.GetFileName(path);

    private static string[] Files(string folder, string pattern)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? IdOf(string staged) =>
        StagedId().Match(Path.GetFileName(staged)) is { Success: true } match ? match.Groups["id"].Value : null;

    [GeneratedRegex(@"^\.natskeys\.(?<id>[0-9a-f]{12})\.[0-9a-f]{32}\.tmp$")]
    private static partial Regex StagedId();

    [GeneratedRegex(@"^\.natskeys\.(?<id>[0-9a-f]{12})\.journal$")]
    private static partial Regex JournalId();
}
