namespace NatsKeys.Files;

/// <summary>
/// Repeats what a disk refuses as long as somebody has a file open, be it a reader, a client with its credentials, an indexer or a scanner. On
/// Windows such a file is neither replaced, moved nor deleted, and one that is just being replaced cannot be opened. It takes milliseconds.
/// </summary>
internal static class BusyFile
{
    private const int Win32 = 0x8007;
    private const int AccessDenied = 5;
    private const int SharingViolation = 32;
    private const int LockViolation = 33;

    // On a machine with much to do the time alone says little: it may pass between two attempts.
    private const int FewestAttempts = 40;
    private const int LongestWait = 25;
    private static readonly AsyncLocal<CancellationToken> Cancellation = new();

    /// <summary>Has whatever the caller does until this is disposed wait no longer once a token is cancelled.</summary>
    /// <param name="cancellation">The token.</param>
    public static IDisposable CancelledBy(CancellationToken cancellation)
    {
        CancellationToken before = Cancellation.Value;
        Cancellation.Value = cancellation;
        return new Restoration(before);
    }

    /// <summary>Does something with a file, again and again while it is busy.</summary>
    /// <exception cref="IOException">It stayed busy, the caller was cancelled, or it failed for another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    internal static void Do(string path, Action action) => Do(path, () => Done(action));

    /// <summary>Does something with a folder, which is busy as long as a file in it is.</summary>
    /// <inheritdoc cref="Do(string, Action)"/>
    internal static void DoToFolder(string path, Action action) => Repeat(path, () => Done(action), error => IsBusy(error) || IsDenied(error));

    /// <inheritdoc cref="Do(string, Action)"/>
    internal static T Do<T>(string path, Func<T> action) =>
        Repeat(path, action, error => IsBusy(error) || (IsDenied(error) && !IsNeverAllowed(path)));

    private static T Repeat<T>(string path, Func<T> action, Func<Exception, bool> isBusy)
    {
        Disk disk = Disk.Current;
        long start = 0;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                disk.Access(path);
                return action();
            }
            catch (Exception error) when (disk.RefusesOpenFiles && isBusy(error))
            {
                start = start == 0 ? TimeProvider.System.GetTimestamp() : start;
                bool isOver = attempt >= FewestAttempts && TimeProvider.System.GetElapsedTime(start) >= disk.Patience;
                if (isOver || IsCancelledWhileWaiting(Math.Min(attempt, LongestWait)))
                {
                    // What is refused is an error in any case, and whoever was cancelled takes back what he began.
                    throw;
                }
            }
        }
    }

    private static bool Done(Action action)
    {
        action();
        return true;
    }

    private static bool IsBusy(Exception error) => error is IOException && CodeOf(error) is SharingViolation or LockViolation;

    /// <summary>Access is denied to what is about to be deleted, and to what would be replaced while it is open.</summary>
    private static bool IsDenied(Exception error) => error is IOException or UnauthorizedAccessException && CodeOf(error) == AccessDenied;

    private static bool IsNeverAllowed(string path) => Directory.Exists(path) || new FileInfo(path) is { Exists: true, IsReadOnly: true };

    private static int CodeOf(Exception error) => (error.HResult >> 16 & 0xFFFF) == Win32 ? error.HResult & 0xFFFF : 0;

    private static bool IsCancelledWhileWaiting(int milliseconds)
    {
        CancellationToken cancellation = Cancellation.Value;
        if (cancellation.CanBeCanceled)
        {
            return cancellation.WaitHandle.WaitOne(milliseconds);
        }

        Thread.Sleep(milliseconds);
        return false;
    }

    private sealed class Restoration(CancellationToken before) : IDisposable
    {
        public void Dispose() => Cancellation.Value = before;
    }
}
