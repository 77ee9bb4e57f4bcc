using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>
/// A lock between processes, and between threads of a process, held either exclusively or shared. The system releases it when the process
/// ends. An exclusive holder is recorded in the file.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream file;

    // Cached, because each call to the property sets the position of the stream.
    private readonly SafeFileHandle handle;
    private readonly FileStatus? status;
    private readonly HolderRecord record;
    private IdleLock? idle;

    private FileLock(FileStream file, IdleLock? idle)
    {
        (this.file, this.idle) = (file, idle);
        handle = file.SafeFileHandle;
        status = idle is null ? null : FileStatus.Of(handle);
        record = new HolderRecord(file.Name, handle);
    }

    private FileLock(IdleLock.Opened opened, IdleLock idle)
    {
        (file, handle, status, this.idle) = (opened.Stream, opened.Handle, opened.Status, idle);
        record = new HolderRecord(file.Name, handle);
    }

    public string Path => file.Name;

    /// <summary>The journal that is in use, or that a previous holder left to be recovered.</summary>
    public JournalPlace? Journal => record.Current?.Journal;

    /// <summary>The unique identifier of this acquisition of the lock.</summary>
    public string? Holding => record.Current?.Holding;

    /// <summary>Waits for a lock. Disposing the lock releases it.</summary>
    /// <param name="path">The lock file, which is created if it does not exist.</param>
    /// <param name="what">What its folder contains, for messages.</param>
    /// <param name="isSecret">Whether only the owner gets access to a folder that is created for it.</param>
    /// <param name="isShared">Whether the lock is shared rather than exclusive.</param>
    /// <param name="clock">Clock used for timeouts.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <param name="idle">Keeps the file open for the next time; null if it is not kept.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.StoreBusy"/>: there was no progress for 30 seconds; or <see cref="ErrorCode.FileAccess"/>: it cannot be locked.
    /// </exception>
    public static FileLock Take(
        string path, string what, bool isSecret, bool isShared, TimeProvider clock, CancellationToken cancellation, IdleLock? idle = null)
    {
        var queue = new LockQueue(path);
        if (queue.IsEmpty && TryTake(path, what, isSecret, isShared, idle) is { } free)
        {
            return free;
        }

        using LockQueue.Place place = queue.Join(isSecret);
        var patience = new LockPatience(clock);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (patience.IsStalled)
            {
                place.RemoveDead();
            }

            int before = place.CountBefore();
            if ((before == 0 || patience.IsStalled) && TryTake(path, what, isSecret, isShared, idle) is { } taken)
            {
                return taken;
            }

            LockRecord? holder = LockFile.ReadRecord(path);
            patience.Observe(before, holder);
            if (patience.IsOver)
            {
                throw new NatsKeysException(
                    ErrorCode.StoreBusy,
                    $"{LockFile.Owner(what, path)} is busy: timed out after {LockPatience.Limit.TotalSeconds} s waiting "
                        + $"for {holder?.ToString() ?? "another process"}.") { Path = path };
            }

            // Random delays, so that waiters do not collide again and again.
            cancellation.WaitHandle.WaitOne(Random.Shared.Next(1, 6) + Math.Min(before * 5, 50));
        }
    }

    /// <summary>Takes a lock exclusively; null if another process holds it or access is denied.</summary>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return TryTake(path, "folder", isSecret: false, isShared: false, idle: null);
        }
        catch (NatsKeysException)
        {
            return null;
        }
    }

    /// <summary>Reports progress to waiters. The file is rarely written more than once a second.</summary>
    public void Report() => record.Report();

    /// <summary>
    /// Records the journal that is in use; null if none is. Nothing is written if it is recorded already, because a series of changes names the
    /// same journal many times.
    /// </summary>
    /// <param name="journal">The journal.</param>
    /// <param name="flush">Whether to flush the file before returning.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    public void NameJournal(JournalPlace? journal, bool flush) => SafeFiles.Guard(file.Name, () => record.NameJournal(journal, flush));

    /// <summary>
    /// Drops the journal. The file changes with the next write, at the latest when the lock is released. Until then it names a journal without
    /// steps, so there is nothing to recover.
    /// </summary>
    public void ForgetJournal() => record.ForgetJournal();

    /// <summary>Deletes the lock file while no other process can hold it.</summary>
    public void Delete()
    {
        idle = null;

        // Windows does not delete a file that is open. Deletion also fails if another process opened it after the release.
        if (OperatingSystem.IsWindows())
        {
            Dispose();
        }

        SafeFiles.TryDelete(file.Name);
    }

    /// <summary>Releases the lock. The file is blanked unless the next holder needs the name of the journal.</summary>
    public void Dispose()
    {
        if (!record.TryEnd())
        {
            return;
        }

        if (idle is not null && status is { } known)
        {
            idle.Keep(new IdleLock.Opened(file, handle, file.Name, known));
        }
        else
        {
            file.Dispose();
        }
    }

    private static FileLock? TryTake(string path, string what, bool isSecret, bool isShared, IdleLock? idle)
    {
        FileStream? file = null;
        try
        {
            if (idle?.TryTake(isShared) is { } opened)
            {
                file = opened.Stream;
                var again = new FileLock(opened, idle);
                if (!isShared)
                {
                    again.record.Claim();
                }

                file = null;
                return again;
            }

            file = LockFile.Open(path, isSecret, isShared);
            LockFile.Prove(path, what);
            var taken = new FileLock(file, idle);
            if (!isShared)
            {
                taken.record.Claim();
            }

            if (isShared || taken.IsNamed())
            {
                file = null;
                return taken;
            }

            return null;
        }
        catch (IOException error) when (LockFile.IsHeld(error))
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NatsKeysException(
                ErrorCode.FileAccess, $"{LockFile.Owner(what, path)} cannot be changed: {error.Message}", error) { Path = path };
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>Whether the open file is still the lock file. Someone may have deleted it after it was opened.</summary>
    private bool IsNamed()
    {
        if (OperatingSystem.IsWindows()
            || ((status ?? FileStatus.Of(handle)) is { } own && FileStatus.Of(file.Name) is { } other && own.IsSame(other)))
        {
            return true;
        }

        using SafeFileHandle? named = UnixFile.TryOpen(file.Name);
        return named is not null && record.IsIn(named);
    }
}
