using System.Diagnostics;

namespace NatsKeys.Files;

/// <summary>Locks of files between processes: one alone, or many who share. The system takes them from a process that ends.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until a file can be held; disposing it lets it go.</summary>
    /// <param name="path">The file, which is made when it is not there yet. It stays: taking it away would let two hold it.</param>
    /// <param name="what">For people: what lies in its folder.</param>
    /// <param name="isSecret">Whether a folder that is made for it is its owner's alone.</param>
    /// <param name="isShared">Whether others may hold it at the same time who share it, too.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.StoreBusy"/>: somebody else had it for too long; or <see cref="ErrorCode.FileAccess"/>.</exception>
    public static FileStream Take(string path, string what, bool isSecret, bool isShared)
    {
        string folder = Path.GetDirectoryName(path)!;
        string owner = $"The {what} '{folder}'";
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return OpenIn(folder, path, isSecret, isShared);
            }
            catch (IOException error) when (IsHeld(error))
            {
                if (Stopwatch.GetElapsedTime(start) > Patience)
                {
                    throw new NatsKeysException(
                        ErrorCode.StoreBusy, $"{owner} is being changed by somebody else for more than {Patience.TotalSeconds} seconds: {error.Message}", error) { Path = path };
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new NatsKeysException(ErrorCode.FileAccess, $"{owner} cannot be changed: {error.Message}", error) { Path = path };
            }

            // Odd waits, so that those who wait do not meet again and again.
            Thread.Sleep(Random.Shared.Next(1, 12));
        }
    }

    /// <summary>Holds a file alone if nobody else holds it; null if somebody does, or if this one may not.</summary>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return Open(path, isSecret: false, isShared: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The folder is nearly always there; where it is not, it is made.</summary>
    private static FileStream OpenIn(string folder, string path, bool isSecret, bool isShared)
    {
        try
        {
            return Open(path, isSecret, isShared);
        }
        catch (DirectoryNotFoundException)
        {
            FileCreation.CreateFolder(folder, isSecret);
            return Open(path, isSecret, isShared);
        }
    }

    private static FileStream Open(string path, bool isSecret, bool isShared)
    {
        var options = new FileStreamOptions
        {
            BufferSize = 0,
            Mode = FileMode.OpenOrCreate,
            Access = isShared ? FileAccess.Read : FileAccess.ReadWrite,
            Share = isShared ? FileShare.Read : FileShare.None,
        };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Whether an error says that somebody else has the file open, and not that it cannot be had at all.</summary>
    private static bool IsHeld(IOException error) => OperatingSystem.IsWindows()
        ? (error.HResult & 0xFFFF) is 32 or 33 // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
        : error.HResult is 11 or 35; // EWOULDBLOCK on Linux, and on macOS
}
