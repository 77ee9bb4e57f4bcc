namespace NatsKeys.Files;

/// <summary>
/// A transaction that changes several files of a store and its key root. New content is first written to staged files. Then all steps are
/// recorded in a journal and performed. If the process ends halfway, <see cref="JournalRecovery"/> performs the remaining steps. If a step
/// fails, the steps before it are undone.
/// </summary>
internal sealed class FileTransaction : IDisposable
{
    private readonly FileJournal journal;
    private readonly FlushQueue pending;
    private readonly FileLock? held;
    private readonly List<FileStep> first = [];
    private readonly List<FileStep> steps = [];
    private readonly List<FileStep> moves = [];

    // The last step that concerns a file, by the number of moves that precede it.
    private readonly Dictionary<(int Moves, string Path), FileStep> newest = [];

    // Whether the journal contains the steps.
    private bool isRecorded;

    // Whether the journal is left for the next change of the store to recover. Its staged files are then kept, too.
    private bool isLeft;
    private bool isOver;

    /// <param name="journal">
    /// Records the steps. It is in the root of keys and credentials, where only the owner has access, so nobody else can have written it.
    /// </param>
    /// <param name="pending">Flushes files: immediately if a file is replaced, later if all files are new.</param>
    /// <param name="held">The store's lock, which records the journal in use and the progress; null if no other process needs them.</param>
    public FileTransaction(FileJournal journal, FlushQueue pending, FileLock? held = null)
    {
        (this.journal, this.pending, this.held) = (journal, pending, held);
        journal.BeginUse();
    }

    /// <summary>Reads a file as it will be after the transaction; null if it will not exist.</summary>
    public byte[]? Read(string path)
    {
        (FileStep? step, string place) = Find(path);
        return SafeFiles.Read(step is null ? place : step.Source ?? "", FileKind.Replaced);
    }

    /// <summary>Adds a step that writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">The new content.</param>
    /// <param name="isFirst">Whether the step precedes all other steps; otherwise it follows those added so far.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.FileAccess"/>: for example, the disk is full. Nothing has changed then.
    /// </exception>
    public void Write(string path, ReadOnlySpan<byte> content, bool isFirst = false)
    {
        (FileStep? step, string place) = Find(path);
        Write(path, step is null ? FileStep.HashOf(place) : step.Content, content, isFirst);
    }

    /// <summary>Adds a step that writes a file whose content <see cref="Read"/> has just returned.</summary>
    /// <param name="path">The file.</param>
    /// <param name="before">The current content; null if the file does not exist.</param>
    /// <param name="content">The new content.</param>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte}, bool)"/>
    public void Replace(string path, byte[]? before, ReadOnlySpan<byte> content) =>
        Write(path, before is null ? null : FileStep.HashOf(before.AsSpan()), content, isFirst: false);

    /// <summary>Adds a step that deletes a file. A missing file is not an error.</summary>
    public void Delete(string path)
    {
        if (Path.Exists(path))
        {
            Add(steps, new FileStep(FileAction.Delete, path));
        }
    }

    /// <summary>Adds a step that deletes a folder if it is empty by then. Files that others put there are kept.</summary>
    public void Prune(string path) => steps.Add(new FileStep(FileAction.Prune, path));

    /// <summary>Adds a step that moves a file or folder. Does nothing if it does not exist.</summary>
    public void Move(string path, string target)
    {
        if (Path.Exists(path))
        {
            var move = new FileStep(FileAction.Move, target, path);
            steps.Add(move);
            moves.Add(move);
        }
    }

    /// <summary>Performs all steps.</summary>
    /// <returns>A notice for the user, or null.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>; the files are as they were before.</exception>
    public string? Commit()
    {
        FileStep[] all = [.. first, .. steps];

        // New files may be flushed later.
        string[] added = [.. all
            .Where(step => step.Action == FileAction.Put && (step.Before is null || !Path.Exists(step.Path)))
            .Select(step => step.Path)];
        bool isNew = added.Length == all.Length;
        if (!isNew)
        {
            // Content that replaces a file must be on the disk before the change, and so must the new files that belong to it.
            pending.FlushNow([.. all.Where(step => step.Action == FileAction.Put).Select(step => step.Source!)], Report);
        }

        // A single step needs no journal, because it is atomic.
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

    /// <summary>Finds the last step that concerns a file. If there is none, returns the file's current path.</summary>
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
    /// The lock file names the journal before the journal contains any steps, so a process with another key root learns of both. The name need not
    /// be flushed: after a power failure, the journal is found in the key root.
    /// </summary>
    private string? WriteJournal(FileStep[] all, bool flush)
    {
        if (journal.TryBegin() is { } refused)
        {
            return refused;
        }

        held?.NameJournal(journal.Place, flush: false);
        isRecorded = true;
        bool isWritten = false;
        try
        {
            string? notice = journal.TryWrite(all, flush);
            isWritten = notice is null;
            return notice;
        }
        finally
        {
            // The journal may contain steps that the disk did not take, which nobody may perform later.
            if (!isWritten)
            {
                End();
            }
        }
    }

    private void Do(FileStep[] all, bool isNew)
    {
        // Where the previous content is kept until all steps are done. A single step needs no backup: it either succeeded or changed nothing.
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
            // Whatever the error is, the change must not remain half done.
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

    /// <summary>Marks the journal as finished. If that fails, the next change finds that all steps are done.</summary>
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
