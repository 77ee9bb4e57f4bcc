using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>
/// Keeps the file of a released lock open for the next change, because opening it and checking that it is not a link and still the lock file takes
/// longer than everything else about the lock. Meanwhile any process may take the lock. Only Linux identifies open files well enough; on other
/// systems nothing is kept.
/// </summary>
internal sealed class IdleLock
{
    private Opened? kept;

    /// <summary>Takes the lock again; null if that fails for any reason. Opening the file anew then reports the reason.</summary>
    /// <param name="isShared">Whether the lock is shared rather than exclusive.</param>
    public Opened? TryTake(bool isShared)
    {
        if (Interlocked.Exchange(ref kept, null) is not { } opened)
        {
            return null;
        }

        if (UnixFile.TryLock(opened.Handle, isShared) && FileStatus.Of(opened.Path) is { } named && named.IsSame(opened.Status))
        {
            return opened;
        }

        // Another process has the lock, or the lock file was deleted or replaced.
        opened.Stream.Dispose();
        return null;
    }

    /// <summary>Releases the lock, and keeps its file open or closes it.</summary>
    public void Keep(Opened opened)
    {
        if (!UnixFile.TryUnlock(opened.Handle) || Interlocked.CompareExchange(ref kept, opened, null) is not null)
        {
            opened.Stream.Dispose();
        }
    }

    /// <summary>Closes the file.</summary>
    public void Close() => Interlocked.Exchange(ref kept, null)?.Stream.Dispose();

    /// <summary>The open file of a lock.</summary>
    /// <param name="Stream">The file.</param>
    /// <param name="Handle">The handle, cached because each call to the stream's property sets the position.</param>
    /// <param name="Path">The path by which it was opened.</param>
    /// <param name="Status">The file's identity.</param>
    internal sealed record Opened(FileStream Stream, SafeFileHandle Handle, string Path, FileStatus Status);
}
