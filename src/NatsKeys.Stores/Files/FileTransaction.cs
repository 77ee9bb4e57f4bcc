namespace NatsKeys.Files;

/// <summary>
/// Changes of several files of a store and its key root that happen together. New content is written beside first; then a journal notes
/// all steps, and they are done. Should the process end among them, <see cref="JournalRecovery"/> does the rest; should one fail, those before it
/// are undone.
/// </summary>
internal sealed class FileTransaction : IDisposable
{
    private readonly FileJournal journal;
    private readonly FlushQueue pending;
    private readonly FileLock? held;
    private readonly List<FileStep> first = [];
    private readonly List<FileStep> steps = [];
    private readonly List<FileStep> moves = [];

    // What became of a file last, by the number of moves before it.
    private readonly Dictionary<(int Moves, string Path), FileStep> newest = [];

    // Whether the journal says what is done.
    private bool isRecorded;

    // Whether the journal stays, for the next one who changes the store. The files that it speaks of stay with it.
    private bool isLeft;
    private bool isOver;

    /// <param name="journal">
    /// Notes the steps, in the root of keys and credentials, where files are their owner's alone: nobody else can have written it.
    /// </param>
    /// <param name="pending">Waits for the disk: at once where a file is replaced, later where all are new.</param>
    /// <param name="held">The lock of the store, which says that a journal is in use, and how the work gets on; null where nobody asks.</param>
    public FileTransaction(FileJournal journal, FlushQueue pending, FileLock? held = null)
    {
        (this.journal, this.pending, this.held) = (journal, pending, held);
        journal.BeginUse();
    }

    /// <summary>The content of a file as it will be; null when there is none.</summary>
    public byte[]? Read(string path)
    {
        (FileStep? step, string place) = Find(path);
        return SafeFiles.Read(step is null ? place : step.Source ?? "", FileKind.Replaced);
    }

    /// <summary>Writes a file, after all that was asked for until now or before it.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.FileAccess"/>: there is no room for it, for example. Nothing has changed then.
    /// </exception>
    public void Write(string path, ReadOnlySpan<byte> content, bool isFirst = false)
    {
        (FileStep? step, string place) = Find(path);
        Write(path, step is null ? FileStep.HashOf(place) : step.Content, content, isFirst);
    }

    /// <summary>Writes a file whose content <see cref="Read"/> has just given.</summary>
    /// <param name="path">The file.</param>
    /// <param name="before">What it has now; null where it is not there.</param>
    /// <param name="content">What it gets.</param>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte}, bool)"/>
    public void Replace(string path, byte[]? before, ReadOnlySpan<byte> content) =>
        Write(path, before is null ? null : FileStep.HashOf(before.AsSpan()), content, isFirst: false);

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

        // Whoever holds the lock and saw nothing there need not look again.
        string[] added = [.. all
            .Where(step => step.Action == FileAction.Put && (step.Before is null || !Path.Exists(step.Path)))
            .Select(step => step.Path)];
        bool isNew = added.Length == all.Length;
        if (!isNew)
        {
            // What replaces something is on the disk before, and so are the new files that belong to it.
            pending.FlushNow([.. all.Where(step => step.Action == FileAction.Put).Select(step => step.Source!)], Report);
        }

        // A single step needs no journal: it is done or not.
        string? notice = all.Length > 1 ? WriteJournal(all, flush: !isNew) : null;
        Do(all, isNew);
        first.Clear();
        steps.Clear();
        Array.ForEach(added, pending.Add);
        return notice;
    }

    public void Dispose()
    {
        if (isOver)
        {
            return;
        }

        isOver = true;
        journal.EndUse();
        if (isLeft)
        {
            return;
        }

        foreach (FileStep step in first.Concat(steps).Where(step => step.Action == FileAction.Put))
        {
            SafeFiles.TryDelete(step.Source!);
        }
    }

    private void Write(string path, string? before, ReadOnlySpan<byte> content, bool isFirst)
    {
        bool isSecret = IsSecret(path);
        string ready = journal.NewFile(isSecret);
        SafeFiles.WriteReady(ready, content, isSecret);
        Add(isFirst ? first : steps, new FileStep(FileAction.Put, path, ready) { Content = FileStep.HashOf(content), Before = before });
        held?.Report();
    }

    /// <summary>What a file becomes by the last step that concerns it; without such a step the place where it is now.</summary>
    private (FileStep? Step, string Place) Find(string path)
    {
        for (int before = moves.Count; before >= 0; before--)
        {
            if (newest.TryGetValue((before, path), out FileStep? step))
            {
                return (step, path);
            }

            if (before > 0
                && moves[before - 1] is var move
                && (path == move.Path || path.StartsWith(move.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            {
                path = move.Source + path[move.Path.Length..];
            }
        }

        return (null, path);
    }

    private void Add(List<FileStep> list, FileStep step)
    {
        list.Add(step);
        newest[(moves.Count, step.Path)] = step;
    }

    private bool IsSecret(string path) => journal.IsInKeyRoot(path);

    private void Report() => held?.Report();

    /// <summary>
    /// The store says where the journal is before the journal says what is done: whoever has another key root then knows of both. The disk need
    /// not have that: after a failure of the power the journal is found in the key root.
    /// </summary>
    private string? WriteJournal(FileStep[] all, bool flush)
    {
        if (journal.TryBegin() is { } refused)
        {
            return refused;
        }

        held?.NameJournal(journal.Place, flush: false);
        try
        {
            string? notice = journal.TryWrite(all, flush);
            isRecorded = notice is null;
            return notice;
        }
        finally
        {
            if (!isRecorded)
            {
                held?.NameJournal(null, flush: false);
            }
        }
    }

    private void Do(FileStep[] all, bool isNew)
    {
        // Where what was there before each step waits. A single one either was done or changed nothing.
        string?[] kept = new string?[all.Length];
        int done = 0;
        try
        {
            for (; done < all.Length; done++)
            {
                FileStep step = all[done];
                kept[done] = isNew || all.Length == 1 || step.Action is not (FileAction.Put or FileAction.Delete)
                    ? null
                    : journal.NewFile(IsSecret(step.Path));
                step.Do(IsSecret(step.Path), kept[done]);
                Report();
            }

            if (!isNew)
            {
                FlushQueue.FlushFolders(all.SelectMany(step => step.Places));
            }
        }
        catch (Exception error)
        {
            // Whatever it was, half of a change must not remain.
            Undo(all.AsSpan(0, done), kept, error);
            if (!isLeft)
            {
                End();
            }

            throw;
        }

        End();
        foreach (string path in kept.OfType<string>())
        {
            SafeFiles.TryDelete(path);
        }
    }

    /// <summary>Says that nothing is left to do. Where that cannot be said, the next one finds that all of it was done.</summary>
    private void End()
    {
        if (!isRecorded)
        {
            return;
        }

        try
        {
            journal.End();
            held?.ForgetJournal();
            isRecorded = false;
        }
        catch (NatsKeysException)
        {
            Leave();
        }
    }

    private void Undo(ReadOnlySpan<FileStep> done, string?[] kept, Exception cause)
    {
        try
        {
            for (int index = done.Length - 1; index >= 0; index--)
            {
                done[index].Undo(IsSecret(done[index].Path), kept[index]);
            }
        }
        catch (Exception error)
        {
            Leave();
            if (cause is NatsKeysException { Path: var path, Code: var code })
            {
                string end = isRecorded ? " The next change of the store retries the recovery." : "";
                throw new NatsKeysException(
                    code, $"{cause.Message} The earlier steps of the change could not be undone: {error.Message}{end}", cause)
                {
                    Path = path,
                    Remedy = isRecorded ? null : Remedy.CheckStore,
                };
            }
        }
    }

    private void Leave()
    {
        journal.Leave();
        isLeft = true;
    }
}
