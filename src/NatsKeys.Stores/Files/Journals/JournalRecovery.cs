using System.Security.Cryptography;
using System.Text;

namespace NatsKeys.Files;

/// <summary>Finishes an interrupted change while the store's lock is held, and clears away partial files of other processes.</summary>
/// <param name="journal">The journal of this process, which has the store and the key root.</param>
/// <param name="held">The store's lock.</param>
internal sealed class JournalRecovery(FileJournal journal, FileLock held)
{
    /// <summary>Finishes any interrupted change.</summary>
    /// <returns>A notice for the user; null if nothing remained to be done.</returns>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.StoreBusy"/>: the journal is in another key root or no longer exists; <see cref="ErrorCode.StoreFormat"/>: the journal
    /// cannot be read, or its files have changed since; or <see cref="ErrorCode.FileAccess"/>. Nothing is cleared away then.
    /// </exception>
    public string? Run()
    {
        string? notice = held.Journal is { } place ? Finish(place) : FinishUnnamed();
        JournalFolder.ClearStaged(journal.StoreRoot);
        JournalFolder.Clear(journal.KeyRoot);
        return notice;
    }

    /// <summary>Finishes the change of the journal that the store's lock names.</summary>
    private string? Finish(JournalPlace place)
    {
        string path = JournalFolder.PathOf(place);
        bool isForeign = CanonicalPath.Of(place.KeyRoot) != CanonicalPath.Of(journal.KeyRoot);
        using FileStream file = Take(path) ?? throw Refused(File.Exists(path) ? "is in use, or belongs to another user" : "does not exist", path);
        JournalRecord text = JournalFolder.Read(file, journal.StoreRoot, journal.KeyRoot);
        if (text.Steps.Count == 0)
        {
            // No step was begun, or all are done.
            held.NameJournal(null, flush: true);
            return null;
        }

        if (isForeign)
        {
            throw Refused("is in another key root", path);
        }

        string notice = Finish(file, text);
        held.NameJournal(null, flush: true);
        JournalFolder.Delete(file);
        return notice;
    }

    /// <summary>Opens a journal exclusively. Retries, because others open a journal briefly to see whether it can be cleared away.</summary>
    private static FileStream? Take(string path)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (JournalFolder.TryTake(path) is { } file)
            {
                return file;
            }

            if (!File.Exists(path) || TimeProvider.System.GetElapsedTime(start) > Disk.Current.Patience)
            {
                return null;
            }

            Thread.Sleep(Random.Shared.Next(1, 10));
        }
    }

    /// <summary>
    /// Finishes the change of a journal that the lock does not name: a power failure may have lost the name, or someone deleted the lock file.
    /// </summary>
    private string? FinishUnnamed()
    {
        foreach (string path in JournalFolder.JournalsIn(journal.KeyRoot))
        {
            if (JournalFolder.TryTake(path) is not { } file)
            {
                continue;
            }

            using (file)
            {
                if (TryRead(file) is { Steps.Count: > 0 } text && text.Store == journal.StoreIdentity)
                {
                    string notice = Finish(file, text);
                    JournalFolder.Delete(file);
                    return notice;
                }
            }
        }

        return null;
    }

    private string Finish(FileStream file, JournalRecord text)
    {
        RequireThisStore(file.Name, text);

        // Steps are performed in order: if a step is done, those before it are, too.
        FileStep[] steps = [.. text.Steps];
        int next = Array.FindLastIndex(steps, step => step.IsDone) + 1;
        new LinkCheck(journal.StoreRoot).RequireFoldersInside(steps[next..]
            .SelectMany(step => step.Places)
            .Where(place => !journal.IsInKeyRoot(place))
            .Select(place => Path.GetDirectoryName(place)!)
            .Distinct(StringComparer.Ordinal));
        for (int index = next; index < steps.Length; index++)
        {
            FileStep step = steps[index];
            if (IsToBeDone(step, steps.AsSpan(index + 1), file.Name))
            {
                step.Do(journal.IsInKeyRoot(step.Path));
            }

            held.Report();
        }

        FlushQueue.FlushFolders(steps.SelectMany(step => step.Places));
        return $"Recovered an interrupted change of the store {journal.StoreRoot} ({steps.Length - next} of {steps.Length} steps remained).";
    }

    /// <summary>Whether a step remains to be done. Fails if the file to be replaced has changed since.</summary>
    private static bool IsToBeDone(FileStep step, ReadOnlySpan<FileStep> later, string file)
    {
        if (step.Action != FileAction.Put)
        {
            return true;
        }

        if (File.Exists(step.Source))
        {
            string? now = FileStep.HashOf(step.Path);
            return now == step.Before || now == step.Content
                ? true
                : throw Unfinished(
                    $"'{step.Path}' was edited since. Move your edit elsewhere and try again. To abandon the change, check the store and "
                        + "delete the journal",
                    file,
                    Remedy.CheckStore);
        }

        // It was done if a later step, which was also done, replaced the file or took it away.
        foreach (FileStep other in later)
        {
            if (other.Path == step.Path
                || (other.Source is { } moved && (moved == step.Path || JournalRecord.RelativeTo(moved, step.Path) is not null)))
            {
                return false;
            }
        }

        throw Unfinished(
            $"the new content of '{step.Path}' is missing. To abandon the change, check the store and delete the journal", file, Remedy.CheckStore);
    }

    /// <summary>Refuses the journal of another store. A store that was copied during a change names the original store's journal.</summary>
    private void RequireThisStore(string file, JournalRecord text)
    {
        // This store, also under another name, has the lock that is held. If it was moved, its lock was moved with it.
        if (text.Store is { } store
            && LockFile.ReadRecord(Path.Combine(store, Path.GetFileName(held.Path))) is { Journal: { } named } other
            && JournalFolder.PathOf(named) == file
            && other.Holding != held.Holding)
        {
            throw Unfinished($"it belongs to the store '{store}', of which this store is a copy. Open that store first", file);
        }
    }

    /// <summary>Reads a journal, which may belong to another store; null if it is not of this version.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreFormat"/>: it belongs to this store and is of an older version.</exception>
    private JournalRecord? TryRead(FileStream file)
    {
        try
        {
            return JournalFolder.Read(file, journal.StoreRoot, journal.KeyRoot);
        }
        catch (NatsKeysException) when (!IsOlder(file.Name, journal.StoreRoot) && !IsOlder(file.Name, journal.StoreIdentity))
        {
            return null;
        }
    }

    /// <summary>Journals of the first version were named after the path of the store.</summary>
    private static bool IsOlder(string file, string store)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(OperatingSystem.IsLinux() ? store : store.ToUpperInvariant()));
        return Path.GetFileName(file).Contains(Convert.ToHexStringLower(hash.AsSpan(0, 6)), StringComparison.Ordinal);
    }

    private static NatsKeysException Unfinished(string why, string file, Remedy? remedy = null) =>
        new(ErrorCode.StoreFormat, $"An interrupted change cannot be finished (journal '{file}'): {why}.") { Path = file, Remedy = remedy };

    private NatsKeysException Refused(string why, string path) => new(
        ErrorCode.StoreBusy,
        $"A change of the store '{journal.StoreRoot}' was interrupted, and its journal '{path}' {why}. To finish the change, open the store with "
            + $"that key root. To abandon it, check the store and delete '{held.Path}'.") { Path = path, Remedy = Remedy.CheckStore };
}
