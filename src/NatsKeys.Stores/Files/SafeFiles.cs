using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>
/// Writes files atomically: to a temporary file beside the target, flushed to the disk, then moved into place.
/// Only the owner has access to files with secrets.
/// </summary>
internal static class SafeFiles
{
    private const int ReadOnlyFileSystem = 30;

    // A reader must not prevent others from replacing the file.
    private const FileShare Everybody = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Writes a file atomically.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content.</param>
    /// <param name="secret">Whether only the owner gets access to the file.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <param name="secretFolder">Whether only the owner gets access to folders that are created.</param>
    /// <param name="pending">The queue that flushes new files later. If it is null, or if a file is replaced, the file is flushed at once.</param>
    /// <param name="staging">Chooses the temporary file. By default, that of a secret file is tracked, so that it is cleared away.</param>
    public static void Write(
        string path,
        ReadOnlySpan<byte> content,
        bool secret = false,
        bool overwrite = true,
        bool secretFolder = false,
        FlushQueue? pending = null,
        Staging? staging = null)
    {
        bool isLater = pending is not null && !File.Exists(path);
        using StagedFile staged = Staging.Stage(staging, path, secret);
        WriteNew(path, staged.Path, content, secret, secret || secretFolder, flush: !isLater);
        Guard(path, () => staged.Place(path, overwrite, secret || secretFolder));
        if (isLater)
        {
            pending!.Add(path);
        }
        else
        {
            FlushQueue.FlushFolders([path]);
        }
    }

    /// <summary>Writes a staged file without flushing it.</summary>
    public static void WriteReady(string path, ReadOnlySpan<byte> content, bool secret)
    {
        try
        {
            WriteNew(path, path, content, secret, secret, flush: false);
        }
        catch
        {
            TryDelete(path);
            throw;
        }
    }

    /// <summary>Replaces a file atomically and keeps the previous file.</summary>
    /// <param name="ready">The replacement.</param>
    /// <param name="path">The file.</param>
    /// <param name="kept">The path to which the previous file is moved.</param>
    public static void Replace(string ready, string path, string kept) => Guard(path, () =>
    {
        if (!OperatingSystem.IsWindows())
        {
            try
            {
                // The previous file gets a second name before it loses its own.
                BusyFile.Do(path, () => File.Replace(ready, path, kept));
                return;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException && File.Exists(ready))
            {
                // Some file systems do not support hard links.
            }
        }

        BusyFile.Do(path, () => File.Copy(path, kept, overwrite: true));
        BusyFile.Do(path, () => File.Move(ready, path, overwrite: true));
    });

    /// <summary>Flushes a file or folder to the disk. A missing one is not an error.</summary>
    public static void Flush(string path) => Guard(path, () =>
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                using SafeFileHandle? opened = UnixFile.TryOpen(path);
                if (opened is not null)
                {
                    Disk.Current.Flush(path, opened);
                }

                // A folder may be traversable but not readable. For anything else, the attempt below fails with the platform's message.
                if (opened is not null || Directory.Exists(path))
                {
                    return;
                }
            }

            using SafeFileHandle file = OperatingSystem.IsWindows()
                ? BusyFile.Do(path, () => File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, Everybody))
                : RegularFile.Open(path);
            Disk.Current.Flush(path, file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // It was removed or renamed since.
        }
    });

    /// <summary>Reads a file; null if it does not exist.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">The kind of file, which limits the size.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.FileAccess"/>: for example, it is not a regular file; or <see cref="ErrorCode.FileTooLarge"/>.
    /// </exception>
    public static byte[]? Read(string path, FileKind kind)
    {
        // Checking first is far cheaper than catching an exception.
        return Path.Exists(path) ? ReadThere(path, kind) : null;
    }

    /// <summary>Reads a file that existed a moment ago; null if it no longer exists.</summary>
    /// <inheritdoc cref="Read"/>
    public static byte[]? ReadThere(string path, FileKind kind)
    {
        try
        {
            return RegularFile.Read(path, kind);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, "read", error);
        }
    }

    /// <summary>Refuses a file that other code will open, if it is not a regular file or exceeds the size limit of its kind.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/> or <see cref="ErrorCode.FileTooLarge"/>.
    /// </exception>
    public static void RequireReadable(string path, FileKind kind) => CryptographicOperations.ZeroMemory(
        Read(path, kind) ?? throw new NatsKeysException(ErrorCode.FileNotFound, $"The file '{path}' does not exist.") { Path = path });

    /// <summary>Reads the first bytes of a file, to recognize its type; empty if it cannot be read.</summary>
    public static ReadOnlySpan<byte> ReadBeginning(string path, int length)
    {
        try
        {
            return RegularFile.ReadBeginning(path, length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Creates a folder if it does not exist.</summary>
    public static void MakeFolder(string path, bool secret) => Guard(path, () => FileCreation.CreateFolder(path, secret));

    /// <summary>Tries to delete a file that is no longer needed.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            BusyFile.Do(path, () => File.Delete(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The file is harmless there, and the next change of the store tries again.
        }
    }

    /// <summary>Deletes a file. A missing file is not an error.</summary>
    public static void Delete(string path) => Guard(path, () =>
    {
        if (File.Exists(path))
        {
            BusyFile.Do(path, () => File.Delete(path));
        }
    });

    /// <summary>Whether an error means that writing is not allowed, rather than that it failed.</summary>
    public static bool IsForbidden(Exception? error) =>
        error is UnauthorizedAccessException || (error is IOException && !OperatingSystem.IsWindows() && error.HResult == ReadOnlyFileSystem);

    /// <summary>Moves a temporary file to its final path.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/>.</exception>
    public static void Place(string temporary, string path, bool overwrite)
    {
        try
        {
            BusyFile.Do(path, () =>
            {
                if (!overwrite || !UnixFile.TryRename(temporary, path))
                {
                    File.Move(temporary, path, overwrite);
                }
            });
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            throw Exists(path);
        }
    }

    /// <summary>Refuses a path where a file exists, before other files are written.</summary>
    public static void RequireFree(string path)
    {
        if (File.Exists(path))
        {
            throw Exists(path);
        }
    }

    /// <summary>Runs a read and wraps file system errors in an error that names the path.</summary>
    public static T Guarded<T>(string path, Func<T> action) => Guarded(path, "read", action);

    /// <summary>Runs an action and wraps file system errors in an error that names the path and says what failed.</summary>
    public static T Guarded<T>(string path, string verb, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, verb, error);
        }
    }

    /// <summary>Creates the error of a failed file operation. It names the path and says what failed.</summary>
    public static NatsKeysException Failed(string path, string verb, Exception error) =>
        new(ErrorCode.FileAccess, $"The file '{path}' cannot be {verb}: {error.Message}", error) { Path = path };

    /// <summary>Runs a change and wraps file system errors in an error that names the path.</summary>
    public static void Guard(string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, "written", error);
        }
    }

    private static void WriteNew(string path, string temporary, ReadOnlySpan<byte> content, bool secret, bool secretFolder, bool flush)
    {
        try
        {
            FileCreation.Write(temporary, content, secret, secretFolder, flush);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, "written", error);
        }
    }

    private static NatsKeysException Exists(string path) =>
        new(ErrorCode.FileExists, $"The file '{path}' already exists.") { Path = path, Remedy = Remedy.Overwrite };
}
