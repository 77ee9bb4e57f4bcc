using Microsoft.Win32.SafeHandles;
using NatsKeys.Keys;

namespace NatsKeys.Files;

/// <summary>
/// Opens files for reading. Pipes, sockets and devices are refused and never block, because a submitted change of a store may contain a link to
/// one. All files are opened for reading here.
/// </summary>
internal static class RegularFile
{
    private const int NoSuchDevice = 6;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file, or a link to one.</param>
    /// <exception cref="IOException">It exists but is not a regular file, or the system refuses it.</exception>
    /// <exception cref="UnauthorizedAccessException">The system denies access.</exception>
    public static SafeFileHandle Open(string path) => OpenSized(path).Handle;

    private static (SafeFileHandle Handle, long? Length) OpenSized(string path) => BusyFile.Do(path, () => OpenOnce(path));

    private static (SafeFileHandle Handle, long? Length) OpenOnce(string path)
    {
        // Opening a pipe without a writer would block in the system, where it cannot be cancelled.
        SafeFileHandle? handle = UnixFile.TryOpen(path);
        try
        {
            // If the call above failed, this one fails with the platform's message. It cannot block, because what could block does not fail above.
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

    /// <summary>Refuses a path that is not a regular file, for callers that open it by other means. A missing file is not an error.</summary>
    /// <exception cref="IOException">It exists but is not a regular file.</exception>
    public static void Require(string path)
    {
        if (File.Exists(path))
        {
            using SafeFileHandle handle = Open(path);
        }
    }

    /// <summary>Reads a file completely. The size limit of its kind is checked first.</summary>
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

        byte[] content = New(length, kind);
        int read = ReadInto(handle, content);
        if (read < length)
        {
            // The file was truncated meanwhile. The longer buffer may contain a secret.
            byte[] cut = New(read, kind);
            content.AsSpan(0, read).CopyTo(cut);
            Array.Clear(content);
            return cut;
        }

        // If the file grows meanwhile, the added bytes are not read.
        return content;
    }

    /// <summary>Reads the first bytes of a file: up to the requested number.</summary>
    public static byte[] ReadBeginning(string path, int length)
    {
        using SafeFileHandle handle = Open(path);
        byte[] beginning = new byte[(int)Math.Min(length, RandomAccess.GetLength(handle))];
        return beginning[..ReadInto(handle, beginning)];
    }

    private static byte[] New(long length, FileKind kind) => kind.IsSecret ? SecretArray.Of<byte>(length) : new byte[length];

    private static int ReadInto(SafeFileHandle handle, Span<byte> content)
    {
        int done = 0;
        while (done < content.Length && RandomAccess.Read(handle, content[done..], done) is > 0 and int count)
        {
            done += count;
        }

        return done;
    }

    /// <summary>Refuses what is not a regular file. Pipes and sockets cannot be read at an offset; devices that can have no length.</summary>
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
