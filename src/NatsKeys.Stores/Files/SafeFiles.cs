using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>
/// Writes files so that nobody ever sees half of one: to a temporary file beside the target, to the disk, then into place.
/// Files with secrets are created for their owner alone.
/// </summary>
internal static class SafeFiles
{
    private const int ReadOnlyFileSystem = 30;

    // Whoever reads keeps nobody from replacing what he reads.
    private const FileShare Everybody = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Writes a file as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content.</param>
    /// <param name="secret">Whether the file is its owner's alone.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <param name="secretFolder">Whether folders that are made are their owner's alone.</param>
    /// <param name="pending">Waits for the disk later, where nothing is replaced; without it that is done at once.</param>
    /// <param name="staging">Says where the file waits until it is whole; by default a place that is cleared where the file is secret.</param>
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

    /// <summary>Writes a file that nobody looks for yet. The disk may not have it.</summary>
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

    /// <summary>Replaces a file by another one, in one step, and keeps what it was.</summary>
    /// <param name="ready">What takes its place.</param>
    /// <param name="path">The file.</param>
    /// <param name="kept">Where the file goes that was there.</param>
    public static void Replace(string ready, string path, string kept) => Guard(path, () =>
    {
        if (!OperatingSystem.IsWindows())
        {
            try
            {
                // The old file gets a second name before it loses its own.
                BusyFile.Do(path, () => File.Replace(ready, path, kept));
                return;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException && File.Exists(ready))
            {
                // Some file systems give files no second name.
            }
        }

        BusyFile.Do(path, () => File.Copy(path, kept, overwrite: true));
        BusyFile.Do(path, () => File.Move(ready, path, overwrite: true));
    });

    /// <summary>Waits until the disk has a file or folder. One that has gone is no error.</summary>
    public static void Flush(string path) => Guard(path, () =>
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                using SafeFileHandle? opened = UnixFile.TryOpen(path);
                if (opened is not null)
                {
                    RandomAccess.FlushToDisk(opened);
                }

                // A folder may be open to those who know its files alone. Anything else says why it cannot be opened, in the words of the platform.
                if (opened is not null || Directory.Exists(path))
                {
                    return;
                }
            }

            using SafeFileHandle file = OperatingSystem.IsWindows()
                ? BusyFile.Do(path, () => File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, Everybody))
                : RegularFile.Open(path);
            RandomAccess.FlushToDisk(file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // It was removed or got another name since.
        }
    });

    /// <summary>The content of a file; null where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it is, which says how large it may be.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.FileAccess"/>: also what is no regular file; or <see cref="ErrorCode.FileTooLarge"/>.
    /// </exception>
    public static byte[]? Read(string path, FileKind kind)
    {
        // To ask first is far cheaper than to catch what is thrown.
        return Path.Exists(path) ? ReadThere(path, kind) : null;
    }

    /// <summary>The content of a file that was there a moment ago; null where it has gone.</summary>
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

    /// <summary>Refuses a file that others are to open, where it is none or larger than one of its kind may be.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/> or <see cref="ErrorCode.FileTooLarge"/>.
    /// </exception>
    public static void RequireReadable(string path, FileKind kind) => CryptographicOperations.ZeroMemory(
        Read(path, kind) ?? throw new NatsKeysException(ErrorCode.FileNotFound, $"The file '{path}' does not exist.") { Path = path });

    /// <summary>The first bytes of a file, to see what it is; none where it cannot be read.</summary>
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

    /// <summary>Makes a folder where there is none.</summary>
    public static void MakeFolder(string path, bool secret) => Guard(path, () => FileCreation.CreateFolder(path, secret));

    /// <summary>Deletes a file that nobody needs, if that can be.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            BusyFile.Do(path, () => File.Delete(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It lies where nobody takes it for anything, and whoever changes the store next tries again.
        }
    }

    /// <summary>Deletes a file; that it is gone already is no error.</summary>
    public static void Delete(string path) => Guard(path, () =>
    {
        if (File.Exists(path))
        {
            BusyFile.Do(path, () => File.Delete(path));
        }
    });

    /// <summary>Whether somebody may not write at a place, as opposed to one where writing failed.</summary>
    public static bool IsForbidden(Exception? error) =>
        error is UnauthorizedAccessException || (error is IOException && !OperatingSystem.IsWindows() && error.HResult == ReadOnlyFileSystem);

    /// <summary>Puts a file that was written beside into its place.</summary>
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

    /// <summary>Refuses a place where a file is, before others are written.</summary>
    public static void RequireFree(string path)
    {
        if (File.Exists(path))
        {
            throw Exists(path);
        }
    }

    /// <summary>Asks the file system something; what it refuses is an error that names the path.</summary>
    public static T Guarded<T>(string path, Func<T> action) => Guarded(path, "read", action);

    /// <summary>Does something with the file system; what it refuses is an error that names the path, and says what was not done.</summary>
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

    /// <summary>The error of what the file system refuses: it names the path, and says what was not done.</summary>
    public static NatsKeysException Failed(string path, string verb, Exception error) =>
        new(ErrorCode.FileAccess, $"The file '{path}' cannot be {verb}: {error.Message}", error) { Path = path };

    /// <summary>Changes something in the file system; what it refuses is an error that names the path.</summary>
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
