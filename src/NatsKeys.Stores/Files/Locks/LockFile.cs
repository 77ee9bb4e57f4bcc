using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>Opens and reads lock files. <see cref="FileLock"/> holds them.</summary>
internal static class LockFile
{
    /// <summary>The name of the lock file of a store.</summary>
    public const string StoreName = ".natskeys.lock";

    // Paths where file locks are known to work.
    private static readonly ConcurrentDictionary<string, bool> Proven = new(StringComparer.Ordinal);

    /// <summary>Returns the path of the lock file of a store.</summary>
    /// <param name="folder">The store's folder.</param>
    public static string PathIn(string folder) => Path.Combine(folder, StoreName);

    /// <summary>Opens the lock file. Creates its folder if it is missing, which is rare.</summary>
    public static FileStream Open(string path, bool isSecret, bool isShared) =>
        FileCreation.InFolderOf(path, isSecret, () => OpenOnce(path, isSecret, isShared));

    /// <summary>Refuses a place where the lock can be held twice, because concurrent changes would be lost.</summary>
    public static void Prove(string path, string what)
    {
        if (Proven.ContainsKey(path))
        {
            return;
        }

        try
        {
            using var second = new FileStream(path, new FileStreamOptions { BufferSize = 0, Access = FileAccess.Read, Share = FileShare.None });
        }
        catch (IOException error) when (IsHeld(error))
        {
            Proven[path] = true;
            return;
        }

        throw new NatsKeysException(
            ErrorCode.FileAccess,
            $"{Owner(what, path)} cannot be changed: file locks do not work there, and concurrent writers would lose changes. Either the file "
                + "system does not support locks, or the environment variable DOTNET_SYSTEM_IO_DISABLEFILELOCKING turns them off.") { Path = path };
    }

    /// <summary>Names what a lock file is for, at the beginning of a message.</summary>
    public static string Owner(string what, string path) => $"The {what} '{Path.GetDirectoryName(path)}'";

    /// <summary>Whether an error means that another process has the file open, rather than that access is impossible.</summary>
    public static bool IsHeld(IOException error) => OperatingSystem.IsWindows()
        ? (error.HResult & 0xFFFF) is 32 or 33 // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
        : error.HResult is 11 or 35; // EWOULDBLOCK on Linux, and on macOS

    /// <summary>Returns the holder of a lock and the journal in use; null if they are unknown.</summary>
    public static LockRecord? ReadRecord(string path)
    {
        try
        {
            using SafeFileHandle? opened = OperatingSystem.IsWindows()
                ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
                : UnixFile.TryOpen(path);

            // Only a regular file has a record: a pipe must not block the caller, and a device has nothing to read.
            return opened is null ? null : ReadRecord(opened);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Decodes the content of a lock file; null if it was released or its record is invalid.</summary>
    public static LockRecord? RecordIn(ReadOnlySpan<byte> bytes) => bytes.IsEmpty || bytes[0] == LockRecord.Blank ? null : LockRecord.Decode(bytes);

    private static FileStream OpenOnce(string path, bool isSecret, bool isShared)
    {
        // On Windows, others may read the holder's record. On Unix they always can, and only FileShare.None locks a file exclusively.
        FileShare alone = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;
        var options = new FileStreamOptions
        {
            BufferSize = 0,
            Mode = FileMode.OpenOrCreate,
            Access = isShared ? FileAccess.Read : FileAccess.ReadWrite,
            Share = isShared ? FileShare.Read : alone,
        };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        RequireOwn(path);
        return new FileStream(path, options);
    }

    /// <summary>Refuses a link, because the holder's record would overwrite its target.</summary>
    private static void RequireOwn(string path)
    {
        // One status call suffices for a regular file. It is repeated each time, because opening a pipe in place of the lock would block.
        if (FileStatus.Of(path) is { IsRegular: true })
        {
            return;
        }

        if (new FileInfo(path).LinkTarget is { } target)
        {
            throw new IOException($"The lock file '{path}' is a link to '{target}'. Delete the link.");
        }

        RegularFile.Require(path);
    }

    private static LockRecord? ReadRecord(SafeFileHandle handle)
    {
        Span<byte> bytes = stackalloc byte[LockRecord.Longest];
        return RecordIn(bytes[..RandomAccess.Read(handle, bytes, fileOffset: 0)]);
    }
}
