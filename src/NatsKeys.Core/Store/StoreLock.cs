using System.Diagnostics;

namespace NatsKeys.Store;

/// <summary>
/// The right to change a store on disk, which one writer has at a time, across processes. Readers do not ask for it: they see a file as
/// it was or as it is, never in between.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    public const string FileName = ".natskeys.lock";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FileStream held;
    private readonly string marker;

    private StoreLock(FileStream held, string marker)
    {
        this.held = held;
        this.marker = marker;
    }

    /// <summary>Waits for the right.</summary>
    /// <param name="folder">The store's folder; it is made when it is not there yet.</param>
    /// <param name="marker">The file that makes the folder a store.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreBusy"/>: another writer had it for too long.</exception>
    public static StoreLock Take(string folder, string marker)
    {
        string path = Path.Combine(folder, FileName);
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(folder);
                return Open(path, marker);
            }
            catch (IOException error)
            {
                if (!IsHeld(error))
                {
                    throw Failed(folder, path, error);
                }

                if (Stopwatch.GetElapsedTime(start) > Patience)
                {
                    throw new NatsKeysException(
                        ErrorCode.StoreBusy, $"The store '{folder}' is being changed by somebody else for more than {Patience.TotalSeconds} seconds: {error.Message}", error) { Path = path };
                }
            }
            catch (UnauthorizedAccessException error)
            {
                throw Failed(folder, path, error);
            }

            // Odd waits, so that those who wait do not meet again and again.
            Thread.Sleep(Random.Shared.Next(1, 12));
        }
    }

    /// <summary>Takes the right if nobody has it; null if somebody does, or if this one may not change the store.</summary>
    public static StoreLock? TryTake(string folder, string marker)
    {
        try
        {
            return Open(Path.Combine(folder, FileName), marker);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Hands the right on. The file stays: taking it away would let two writers hold it. Only what never became a store goes again.</summary>
    public void Dispose()
    {
        held.Dispose();
        if (!File.Exists(marker))
        {
            TryRemove(held.Name);
        }
    }

    private static StoreLock Open(string path, string marker) =>
        new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1), marker);

    /// <summary>Whether an error says that somebody else has the file open, and not that it cannot be had at all.</summary>
    private static bool IsHeld(IOException error) => OperatingSystem.IsWindows()
        ? (error.HResult & 0xFFFF) is 32 or 33 // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
        : error.HResult is 11 or 35; // EWOULDBLOCK on Linux, and on macOS

    private static NatsKeysException Failed(string folder, string path, Exception error) =>
        new(ErrorCode.FileAccess, $"The store '{folder}' cannot be changed: {error.Message}", error) { Path = path };

    private static void TryRemove(string path)
    {
        try
        {
            File.Delete(path);
            Directory.Delete(Path.GetDirectoryName(path)!);
        }
        catch (IOException)
        {
            // Something else lies in the folder, or somebody else is about to make the store.
        }
    }
}
