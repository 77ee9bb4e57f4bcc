using System.Security.Cryptography;

namespace NatsKeys.Files;

/// <summary>
/// Changes of several files of a store and its key root that happen together. New content is written beside first; then a journal notes
/// all steps, and they are done. Should the process end among them, <see cref="Recover"/> does the rest; should one fail, those before it are undone.
/// </summary>
/// <param name="journal">Notes the steps, in the root of keys and credentials, where files are their owner's alone: nobody else can have written it.</param>
/// <param name="pending">Waits for the disk where all files are new.</param>
internal sealed class FileTransaction(FileJournal journal, FlushQueue pending) : IDisposable
{
    private readonly List<FileStep> first = [];
    private readonly List<FileStep> steps = [];
    private readonly List<FileStep> moves = [];

    // What became of a file last, by the number of moves before it.
    private readonly Dictionary<(int Moves, string Path), FileStep> newest = [];

    // Whether the note stays, for the next one who changes the store. The files that it speaks of stay with it.
    private bool isOwed;

    /// <summary>The content of a file as it will be; null when there is none.</summary>
    public byte[]? Read(string path)
    {
        for (int before = moves.Count; before >= 0; before--)
        {
            if (newest.TryGetValue((before, path), out FileStep? step))
            {
                return step.Source is { } ready ? SafeFiles.Read(ready) : null;
            }

            if (before > 0 && moves[before - 1] is var move && (path == move.Path || path.StartsWith(move.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            {
                path = move.Source + path[move.Path.Length..];
            }
        }

        return SafeFiles.Read(path);
    }

    /// <summary>Writes a file, after all that was asked for until now or before it.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: there is no room for it, for example. Nothing has changed then.</exception>
    public void Write(string path, ReadOnlySpan<byte> content, bool isFirst = false)
    {
        bool isSecret = IsSecret(path);
        string ready = journal.NewFile(isSecret);
        SafeFiles.WriteReady(ready, content, isSecret);
        Add(isFirst ? first : steps, new FileStep(FileAction.Put, path, ready));
    }

    /// <summary>Deletes a file; that it is not there is no error.</summary>
    public void Delete(string path)
    {
        if (Path.Exists(path))
        {
            Add(steps, new FileStep(FileAction.Delete, path));
        }
    }

    /// <summary>Deletes a folder if nothing is left in it then. What somebody else put there stays, and the folder with it.</summary>
    public void Prune(string path) => steps.Add(new FileStep(FileAction.Prune, path));

    /// <summary>Gives a file or folder another place; nothing happens where there is none.</summary>
    public void Move(string path, string target)
    {
        if (Path.Exists(path))
        {
            var move = new FileStep(FileAction.Move, target, path);
            steps.Add(move);
            moves.Add(move);
        }
    }

    /// <summary>Does everything.</summary>
    /// <returns>Null, or what people should know of it.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>; the files are as they were before.</exception>
    public string? Commit()
    {
        FileStep[] all = [.. first, .. steps];
        string[] added = [.. all.Where(step => step.Action == FileAction.Put && !Path.Exists(step.Path)).Select(step => step.Path)];
        bool isNew = added.Length == all.Length;
        if (!isNew)
        {
            // What replaces something is on the disk before, and so are the new files that belong to it.
            FlushQueue.Flush([.. all.Where(step => step.Action == FileAction.Put).Select(step => step.Source!)]);
        }

        // A single step needs no journal: it is done or not.
        string? notice = all.Length > 1 ? journal.TryWrite(all, flush: !isNew) : null;
        Do(all, isNew);
        first.Clear();
        steps.Clear();
        Array.ForEach(added, pending.Add);
        return notice;
    }

    /// <summary>Finishes a change that was interrupted, for one who has the right to change the store, and clears away what others left half-written.</summary>
    /// <returns>What was finished, for people; null when nothing was left to do.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>, or the journal cannot be read.</exception>
    public static string? Recover(FileJournal journal)
    {
        string? notice = null;
        if (journal.Read() is { } steps)
        {
            // Steps are done in order: whatever comes before one that is done is done, too.
            FileStep[] left = steps[(Array.FindLastIndex(steps, step => step.IsDone) + 1)..];
            foreach (FileStep step in left)
            {
                step.Do(journal.IsInKeyRoot(step.Path));
            }

            journal.Delete();
            notice = $"A change of the store {journal.StoreRoot} had been interrupted: {steps.Length} steps that belong together. It was finished now; {left.Length} of them had been left to do.";
        }

        journal.Clear();
        return notice;
    }

    public void Dispose()
    {
        if (isOwed)
        {
            return;
        }

        foreach (FileStep step in first.Concat(steps).Where(step => step.Action == FileAction.Put))
        {
            SafeFiles.TryDelete(step.Source!);
        }
    }

    private void Add(List<FileStep> list, FileStep step)
    {
        list.Add(step);
        newest[(moves.Count, step.Path)] = step;
    }

    private bool IsSecret(string path) => journal.IsInKeyRoot(path);

    private void Do(FileStep[] all, bool isNew)
    {
        // What was there before each step. A single one either was done or changed nothing.
        var before = new byte[]?[all.Length];
        int done = 0;
        try
        {
            for (; done < all.Length; done++)
            {
                FileStep step = all[done];
                before[done] = isNew || all.Length == 1 || step.Action is not (FileAction.Put or FileAction.Delete) ? null : SafeFiles.Read(step.Path);
                step.Do(IsSecret(step.Path));
            }
        }
        catch (NatsKeysException error)
        {
            Undo(all.AsSpan(0, done), before, error);
            journal.End();
            throw;
        }
        finally
        {
            Array.ForEach(before, content => CryptographicOperations.ZeroMemory(content));
        }

        journal.End();
    }

    private void Undo(ReadOnlySpan<FileStep> done, byte[]?[] before, NatsKeysException cause)
    {
        try
        {
            for (int index = done.Length - 1; index >= 0; index--)
            {
                done[index].Undo(before[index], IsSecret(done[index].Path));
            }
        }
        catch (NatsKeysException error)
        {
            isOwed = journal.Leave();
            string end = isOwed ? "The next command that changes the store finishes the change, once it can." : "Look at the store with Test-NatsStore.";
            throw new NatsKeysException(cause.Code, $"{cause.Message} What had been changed before that could not be undone either: {error.Message} {end}", cause) { Path = cause.Path };
        }
    }
}
