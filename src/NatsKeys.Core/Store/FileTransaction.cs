using System.Security.Cryptography;

namespace NatsKeys.Store;

/// <summary>
/// Changes of several files of a store and its key root that happen together. New content is written beside first; then a journal notes
/// all steps, and they are done. Should the process end among them, <see cref="Recover"/> does the rest; should one fail, those before it are undone.
/// </summary>
/// <param name="journal">Notes the steps, in the root of keys and credentials, where files are their owner's alone: nobody else can have written it.</param>
/// <param name="pending">Waits for the disk where all files are new.</param>
internal sealed class FileTransaction(FileJournal journal, FlushQueue pending) : IDisposable
{
    private readonly List<(FileStep Step, byte[]? Before)> steps = [];

    /// <summary>The content of a file as it will be; null when there is none.</summary>
    public byte[]? Read(string path)
    {
        for (int index = steps.Count - 1; index >= 0; index--)
        {
            switch (steps[index].Step)
            {
                case { Action: FileAction.Put, Source: { } ready } put when put.Path == path:
                    return StoreFiles.Read(ready);
                case { Action: FileAction.Delete } gone when gone.Path == path:
                    return null;
                case { Action: FileAction.Move, Source: { } source } move when path == move.Path || path.StartsWith(move.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal):
                    path = source + path[move.Path.Length..];
                    break;
            }
        }

        return StoreFiles.Read(path);
    }

    /// <summary>Writes a file, after all that was asked for until now or before it.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: there is no room for it, for example. Nothing has changed then.</exception>
    public void Write(string path, ReadOnlySpan<byte> content, bool isFirst = false)
    {
        bool isSecret = IsSecret(path);
        string ready = journal.NewFile(isSecret);
        byte[]? before = StoreFiles.Read(path);
        StoreFiles.WriteReady(ready, content, isSecret, flush: before is not null);
        steps.Insert(isFirst ? 0 : steps.Count, (new FileStep(FileAction.Put, path, ready), before));
    }

    /// <summary>Deletes a file; that it is not there is no error.</summary>
    public void Delete(string path)
    {
        if (StoreFiles.Read(path) is { } before)
        {
            steps.Add((new FileStep(FileAction.Delete, path), before));
        }
    }

    /// <summary>Deletes a folder if nothing is left in it then. What somebody else put there stays, and the folder with it.</summary>
    public void Prune(string path) => steps.Add((new FileStep(FileAction.Prune, path), null));

    /// <summary>Gives a file or folder another place; nothing happens where there is none.</summary>
    public void Move(string path, string target)
    {
        if (Path.Exists(path))
        {
            steps.Add((new FileStep(FileAction.Move, target, path), null));
        }
    }

    /// <summary>Does everything.</summary>
    /// <returns>Null, or what people should know of it.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>; the files are as they were before.</exception>
    public string? Commit()
    {
        // A single step needs no journal: it is done or not.
        bool isNew = steps.TrueForAll(step => step is { Step.Action: FileAction.Put, Before: null });
        string? notice = steps.Count > 1 ? Note(isNew) : null;
        int done = 0;
        try
        {
            for (; done < steps.Count; done++)
            {
                Do(steps[done].Step, IsSecret(steps[done].Step.Path));
            }
        }
        catch (NatsKeysException error)
        {
            Undo(done, error);
            journal.Delete();
            throw;
        }

        journal.Delete();
        foreach ((FileStep step, _) in steps.Where(step => step is { Step.Action: FileAction.Put, Before: null }))
        {
            pending.Add(step.Path);
        }

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
            FileStep[] left = steps[(Array.FindLastIndex(steps, IsDone) + 1)..];
            foreach (FileStep step in left)
            {
                Do(step, journal.IsInKeyRoot(step.Path));
            }

            journal.Delete();
            notice = $"A change of the store {journal.StoreRoot} had been interrupted: {steps.Length} steps that belong together. It was finished now; {left.Length} of them had been left to do.";
        }

        journal.Clear();
        return notice;
    }

    public void Dispose()
    {
        foreach ((FileStep step, byte[]? before) in steps)
        {
            if (step is { Action: FileAction.Put, Source: { } ready })
            {
                StoreFiles.TryDelete(ready);
            }

            CryptographicOperations.ZeroMemory(before);
        }

        steps.Clear();
    }

    private static bool IsDone(FileStep step) => step.Action switch
    {
        FileAction.Put => !File.Exists(step.Source),
        FileAction.Move => !Path.Exists(step.Source) && Path.Exists(step.Path),
        _ => false,
    };

    internal static void Do(FileStep step, bool isSecret)
    {
        switch (step.Action)
        {
            case FileAction.Put:
                StoreFiles.Put(step.Source!, step.Path, isSecret);
                break;
            case FileAction.Delete:
                StoreFiles.Delete(step.Path);
                break;
            case FileAction.Prune:
                StoreFiles.DeleteEmptyFolder(step.Path);
                break;
            default:
                StoreFiles.Move(step.Source!, step.Path);
                break;
        }
    }

    /// <summary>What replaces something is noted on the disk, and so are the new files that belong to it.</summary>
    private string? Note(bool isNew)
    {
        foreach ((FileStep step, _) in isNew ? [] : steps.Where(step => step is { Step.Action: FileAction.Put, Before: null }))
        {
            StoreFiles.Flush(step.Source!);
        }

        return journal.TryWrite(steps.Select(step => step.Step), flush: !isNew);
    }

    private bool IsSecret(string path) => journal.IsInKeyRoot(path);

    private void Undo(int done, NatsKeysException cause)
    {
        try
        {
            for (int index = done - 1; index >= 0; index--)
            {
                Undo(steps[index].Step, steps[index].Before);
            }
        }
        catch (NatsKeysException error)
        {
            throw new NatsKeysException(
                cause.Code, $"{cause.Message} What had been changed before that could not be undone either: {error.Message} The next command that changes the store finishes the change, once it can.", cause) { Path = cause.Path };
        }
    }

    private void Undo(FileStep step, byte[]? before)
    {
        switch (step.Action)
        {
            case FileAction.Put when before is null:
                StoreFiles.Delete(step.Path);
                break;
            case FileAction.Put:
            case FileAction.Delete:
                StoreFiles.Write(step.Path, before, IsSecret(step.Path));
                break;
            case FileAction.Prune:
                StoreFiles.RestoreFolder(step.Path, IsSecret(step.Path));
                break;
            default:
                StoreFiles.Move(step.Path, step.Source!);
                break;
        }
    }
}
