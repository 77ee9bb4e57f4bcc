using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>
/// Opens files for reading. A pipe, a socket or a device in the place of a file is refused, and never waited for: whoever sends a change of a store
/// can put a link to one there. This is the only place that opens what is read.
/// </summary>
internal static class RegularFile
{
    private const int NoSuchDevice = 6;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file, or a link that leads to one.</param>
    /// <exception cref="IOException">It is there and is no regular file; or the system's own reasons.</exception>
    /// <exception cref="UnauthorizedAccessException">The system's own reasons.</exception>
    public static SafeFileHandle Open(string path) => OpenSized(path).Handle;

    private static (SafeFileHandle Handle, long? Length) OpenSized(string path) => BusyFile.Do(path, () => OpenOnce(path));

    private static (SafeFileHandle Handle, long? Length) OpenOnce(string path)
    {
        // A pipe without a writer would be waited for in the system, where nothing ends that.
        SafeFileHandle? handle = UnixFile.TryOpen(path);
        try
        {
            // What fails above fails here again, in the words of the platform. Nothing that could be waited for fails there.
            handle ??= File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (FileStatus.Of(handle) is { IsRegular: true, Size: > 0 } status)
            {
                return (handle, status.Size);
            }

            RequireRegular(handle, path);
            return (handle, null);
        }
        catch (Exception error)
        {
            handle?.Dispose();
            if (Directory.Exists(path))
            {
                throw new IOException("It is a folder, not a file.", error);
            }

            if (!OperatingSystem.IsWindows() && error.HResult == NoSuchDevice)
            {
                throw NotRegular(error);
            }

            throw;
        }
    }

    /// <summary>Opens a file as a stream.</summary>
    /// <inheritdoc cref="Open"/>
    public static FileStream OpenStream(string path)
    {
        SafeFileHandle handle = Open(path);
        try
        {
            return new FileStream(handle, FileAccess.Read);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a place where something is that is no file, for those who open it by other means. What is not there is no error.</summary>
    /// <exception cref="IOException">It is there and is no regular file.</exception>
    public static void Require(string path)
    {
        if (File.Exists(path))
        {
            using SafeFileHandle handle = Open(path);
        }
    }

    /// <summary>Reads a file to its end, which comes before it is larger than a file of its kind may be.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileTooLarge"/>.</exception>
    public static byte[] Read(string path, FileKind kind)
    {
        (SafeFileHandle opened, long? known) = OpenSized(path);
        using SafeFileHandle handle = opened;
        long length = known ?? RandomAccess.GetLength(handle);
        if (length > kind.MaximumBytes)
        {
            throw kind.TooLarge(path, length);
        }

        byte[] content = new byte[length];
        int read = ReadInto(handle, content);
        if (read < length)
        {
            // It was cut meanwhile. The copy that is too long may hold a secret.
            byte[] cut = content[..read];
            Array.Clear(content);
            return cut;
        }

        // The length is that of the moment before: a file that grows is read as far as it went then.
        return content;
    }

    /// <summary>Reads the beginning of a file: as many bytes as it has, and as are asked for.</summary>
    public static byte[] ReadBeginning(string path, int length)
    {
        using SafeFileHandle handle = Open(path);
        byte[] beginning = new byte[(int)Math.Min(length, RandomAccess.GetLength(handle))];
        return beginning[..ReadInto(handle, beginning)];
    }

    private static int ReadInto(SafeFileHandle handle, Span<byte> content)
    {
        int done = 0;
        while (done < content.Length && RandomAccess.Read(handle, content[done..], done) is > 0 and int count)
        {
            done += count;
        }

        return done;
    }

    /// <summary>Only files have a place to read from. Devices that have one, too, have no length.</summary>
    private static void RequireRegular(SafeFileHandle handle, string path)
    {
        if (!OperatingSystem.IsWindows() && Directory.Exists(path))
        {
            throw new IOException();
        }

        try
        {
            if (RandomAccess.GetLength(handle) == 0 && RandomAccess.Read(handle, stackalloc byte[1], 0) > 0 && RandomAccess.GetLength(handle) == 0)
            {
                throw NotRegular();
            }
        }
        catch (NotSupportedException error)
        {
            throw NotRegular(error);
        }
    }

    private static IOException NotRegular(Exception? inner = null) => new("It is a pipe, a socket or a device, not a file.", inner);
}
