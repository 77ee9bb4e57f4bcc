namespace NatsKeys.Files;

/// <summary>
/// Retries file operations that the disk refuses while another process (such as a reader, a NATS client, an indexer or a scanner) has the file
/// open. On Windows, an open file cannot be replaced, moved or deleted, and a file that is being replaced cannot be opened. This takes milliseconds.
/// </summary>
internal static class BusyFile
{
    private const int Win32 = 0x8007;
    private const int AccessDenied = 5;
    private const int SharingViolation = 32;
    private const int LockViolation = 33;

    // On a busy machine, the time limit alone is no measure: it may pass between two attempts.
    private const int FewestAttempts = 40;
    private const int LongestWait = 25;
    private static readonly AsyncLocal<CancellationToken> Cancellation = new();

    /// <summary>Ends retries in the current context when a token is cancelled, until the result is disposed.</summary>
    /// <param name="cancellation">The token.</param>
    public static IDisposable CancelledBy(CancellationToken cancellation)
    {
        CancellationToken before = Cancellation.Value;
        Cancellation.Value = cancellation;
        return new Restoration(before);
    }

    /// <summary>Performs an operation on a file, and retries it while the file is busy.</summary>
    /// <exception cref="IOException">The file stayed busy, the caller was cancelled, or the operation failed for another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    internal static void Do(string path, Action action) => Do(path, () => Done(action));

    /// <summary>Performs an operation on a folder, and retries it while a file in the folder is busy.</summary>
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
                    // The refusal is an error in any case, and a caller that was cancelled undoes its changes.
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

    /// <summary>Whether access was denied, which also happens if the file is about to be deleted, or if an open file would be replaced.</summary>
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
