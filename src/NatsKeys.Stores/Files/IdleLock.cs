using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>
/// The file of a lock that is free, kept open for the next change: to open it, and to find out that it is no link and still the lock,
/// takes longer than all else about the lock. As long as it is kept, anybody may take the lock. Only Linux says enough of an open file; elsewhere
/// nothing is kept.
/// </summary>
internal sealed class IdleLock
{
    private Opened? kept;

    /// <summary>Takes the lock again; null where that cannot be, for whatever reason: whoever opens the file anew is told.</summary>
    /// <param name="isShared">Whether others may hold it at the same time who share it, too.</param>
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

        // Somebody else has the lock, or has deleted its file or put something else in its place.
        opened.Stream.Dispose();
        return null;
    }

    /// <summary>Lets the lock go, and keeps its file, or closes it.</summary>
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
    /// <param name="Handle">Its handle, asked of the stream once: it sets its position each time.</param>
    /// <param name="Path">The path by which it was opened.</param>
    /// <param name="Status">Which file it is.</param>
    internal sealed record Opened(FileStream Stream, SafeFileHandle Handle, string Path, FileStatus Status);
}
