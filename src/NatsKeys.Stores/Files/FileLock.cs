using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>
/// A lock between processes, and between threads of a process, held either exclusively or shared. The system releases it when the process
/// ends. An exclusive holder is recorded in the file.
/// </summary>
internal sealed class FileLock : IDisposable
{
    /// <summary>How often the folder is created again in one attempt.</summary>
    private const int MostFolders = 100;

    private static readonly TimeSpan ReportAfter = TimeSpan.FromSeconds(1);

    // Paths where file locks are known to work.
    private static readonly ConcurrentDictionary<string, bool> Proven = new(StringComparer.Ordinal);

    /// <summary>The name of the lock file of a store.</summary>
    public const string StoreFile = ".natskeys.lock";

    private readonly Lock writing = new();
    private readonly FileStream file;

    // Cached, because each call to the property sets the position of the stream.
    private readonly SafeFileHandle handle;
    private readonly FileStatus? status;
    private IdleLock? idle;
    private bool isOver;
    private LockRecord? record;
    private byte[]? written;
    private long reported = TimeProvider.System.GetTimestamp();

    private FileLock(FileStream file, IdleLock? idle)
    {
        (this.file, this.idle) = (file, idle);
        handle = file.SafeFileHandle;
        status = idle is null ? null : FileStatus.Of(handle);
    }

    private FileLock(IdleLock.Opened opened, IdleLock idle)
    {
        (file, handle, status, this.idle) = (opened.Stream, opened.Handle, opened.Status, idle);
    }

    public string Path => file.Name;

    /// <summary>The journal that is in use, or that a previous holder left to be recovered.</summary>
    public JournalPlace? Journal => record?.Journal;

    /// <summary>The unique identifier of this acquisition of the lock.</summary>
    public string? Holding => record?.Holding;

    /// <summary>Returns the path of the lock file of a store.</summary>
    /// <param name="folder">The store's folder.</param>
    public static string PathIn(string folder) => System.IO.Path.Combine(folder, StoreFile);

    /// <summary>Waits for a lock. Disposing the lock releases it.</summary>
    /// <param name="path">The lock file, which is created if it does not exist.</param>
    /// <param name="what">What its folder contains, for messages.</param>
    /// <param name="isSecret">Whether only the owner gets access to a folder that is created for it.</param>
    /// <param name="isShared">Whether the lock is shared rather than exclusive.</param>
    /// <param name="clock">Clock used for timeouts.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <param name="idle">Keeps the file open for the next time; null if it is not kept.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.StoreBusy"/>: there was no progress for 30 seconds; or <see cref="ErrorCode.FileAccess"/>: it cannot be locked.
    /// </exception>
    public static FileLock Take(
        string path, string what, bool isSecret, bool isShared, TimeProvider clock, CancellationToken cancellation, IdleLock? idle = null)
    {
        var queue = new LockQueue(path);
        if (queue.IsEmpty && TryTake(path, what, isSecret, isShared, idle) is { } free)
        {
            return free;
        }

        using LockQueue.Place place = queue.Join(isSecret);
        var patience = new LockPatience(clock);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (patience.IsStalled)
            {
                place.RemoveDead();
            }

            int before = place.CountBefore();
            if ((before == 0 || patience.IsStalled) && TryTake(path, what, isSecret, isShared, idle) is { } taken)
            {
                return taken;
            }

            LockRecord? holder = ReadRecord(path);
            patience.Observe(before, holder);
            if (patience.IsOver)
            {
                throw new NatsKeysException(
                    ErrorCode.StoreBusy,
                    $"The {what} '{System.IO.Path.GetDirectoryName(path)}' is busy: timed out after {LockPatience.Limit.TotalSeconds} s waiting "
                        + $"for {holder?.ToString() ?? "another process"}.") { Path = path };
            }

            // Random delays, so that waiters do not collide again and again.
            cancellation.WaitHandle.WaitOne(Random.Shared.Next(1, 6) + Math.Min(before * 5, 50));
        }
    }

    /// <summary>Takes a lock exclusively; null if another process holds it or access is denied.</summary>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return TryTake(path, "folder", isSecret: false, isShared: false, idle: null);
        }
        catch (NatsKeysException)
        {
            return null;
        }
    }

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

    /// <summary>Reports progress to waiters. The file is rarely written more than once a second.</summary>
    public void Report()
    {
        long now = TimeProvider.System.GetTimestamp();
        if (TimeProvider.System.GetElapsedTime(Interlocked.Read(ref reported), now) < ReportAfter)
        {
            return;
        }

        lock (writing)
        {
            reported = now;
            TryReport();
        }
    }

    /// <summary>
    /// Records the journal that is in use; null if none is. Nothing is written if it is recorded already, because a series of changes names the
    /// same journal many times.
    /// </summary>
    /// <param name="journal">The journal.</param>
    /// <param name="flush">Whether to flush the file before returning.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    public void NameJournal(JournalPlace? journal, bool flush) => SafeFiles.Guard(file.Name, () =>
    {
        lock (writing)
        {
            Write(record! with { Journal = journal });
            if (flush)
            {
                Disk.Current.Flush(file.Name, handle);
            }
        }
    });

    /// <summary>
    /// Drops the journal. The file changes with the next write, at the latest when the lock is released. Until then it names a journal without
    /// steps, so there is nothing to recover.
    /// </summary>
    public void ForgetJournal()
    {
        lock (writing)
        {
            record = record! with { Journal = null };
        }
    }

    /// <summary>Deletes the lock file while no other process can hold it.</summary>
    public void Delete()
    {
        idle = null;

        // Windows does not delete a file that is open. Deletion also fails if another process opened it after the release.
        if (OperatingSystem.IsWindows())
        {
            Dispose();
        }

        SafeFiles.TryDelete(file.Name);
    }

    /// <summary>Releases the lock. The file is blanked unless the next holder needs the name of the journal.</summary>
    public void Dispose()
    {
        lock (writing)
        {
            if (isOver)
            {
                return;
            }

            isOver = true;
            if (record is { Journal: null })
            {
                TryClear();
            }

            record = null;
            if (idle is not null && status is { } known)
            {
                idle.Keep(new IdleLock.Opened(file, handle, file.Name, known));
            }
            else
            {
                file.Dispose();
            }
        }
    }

    /// <summary>Whether an error means that another process has the file open, rather than that access is impossible.</summary>
    internal static bool IsHeld(IOException error) => OperatingSystem.IsWindows()
        ? (error.HResult & 0xFFFF) is 32 or 33 // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
        : error.HResult is 11 or 35; // EWOULDBLOCK on Linux, and on macOS

    private void TryReport()
    {
        try
        {
            if (record is not null)
            {
                Write(record with { Progress = record.Progress + 1 });
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Waiters may time out. The work itself is not affected.
        }
    }

    /// <summary>Overwrites the record with blanks. Truncating a file that grows again costs the file system more than the rest of the lock.</summary>
    private void TryClear()
    {
        try
        {
            if (written is not null)
            {
                written.AsSpan().Fill(LockRecord.Blank);
                RandomAccess.Write(handle, written, fileOffset: 0);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // A reader may believe that this process still holds the lock. It is shown as the holder only if another process holds the lock.
        }
    }

    private static FileLock? TryTake(string path, string what, bool isSecret, bool isShared, IdleLock? idle)
    {
        FileStream? file = null;
        try
        {
            if (idle?.TryTake(isShared) is { } opened)
            {
                file = opened.Stream;
                var again = new FileLock(opened, idle);
                if (!isShared)
                {
                    again.Claim();
                }

                file = null;
                return again;
            }

            file = OpenIn(path, isSecret, isShared);
            Prove(path, what);
            var taken = new FileLock(file, idle);
            if (!isShared)
            {
                taken.Claim();
            }

            if (isShared || taken.IsNamed())
            {
                file = null;
                return taken;
            }

            return null;
        }
        catch (IOException error) when (IsHeld(error))
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NatsKeysException(ErrorCode.FileAccess, $"{Owner(what, path)} cannot be changed: {error.Message}", error) { Path = path };
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>
    /// Opens the lock file, and creates its folder if it is missing, which is rare. A holder whose folder never became a store deletes the folder,
    /// possibly between creating and opening; hence the loop.
    /// </summary>
    private static FileStream OpenIn(string path, bool isSecret, bool isShared)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return Open(path, isSecret, isShared);
            }
            catch (Exception error) when (error is DirectoryNotFoundException or FileNotFoundException && attempt < MostFolders)
            {
                FileCreation.CreateFolder(System.IO.Path.GetDirectoryName(path)!, isSecret);
            }
        }
    }

    private static FileStream Open(string path, bool isSecret, bool isShared)
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

    /// <summary>Refuses a place where the lock can be held twice, because concurrent changes would be lost.</summary>
    private static void Prove(string path, string what)
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

    private static string Owner(string what, string path) => $"The {what} '{System.IO.Path.GetDirectoryName(path)}'";

    /// <summary>Records this process as the holder of the lock.</summary>
    private void Claim()
    {
        Span<byte> bytes = stackalloc byte[LockRecord.Longest];
        int length = RandomAccess.Read(handle, bytes, fileOffset: 0);
        JournalPlace? journal = RecordIn(bytes[..length])?.Journal;
        Write(LockRecord.Mine(TimeProvider.System.GetUtcNow(), journal), length < LockRecord.Longest ? length : LengthToKeep());
    }

    /// <summary>Whether the open file is still the lock file. Someone may have deleted it after it was opened.</summary>
    private bool IsNamed()
    {
        if (OperatingSystem.IsWindows()
            || ((status ?? FileStatus.Of(handle)) is { } own && FileStatus.Of(file.Name) is { } other && own.IsSame(other)))
        {
            return true;
        }

        using SafeFileHandle? named = UnixFile.TryOpen(file.Name);
        Span<byte> there = stackalloc byte[LockRecord.Longest];
        return named is not null && there[..RandomAccess.Read(named, there, fileOffset: 0)].StartsWith(written);
    }

    private static LockRecord? ReadRecord(SafeFileHandle handle)
    {
        Span<byte> bytes = stackalloc byte[LockRecord.Longest];
        return RecordIn(bytes[..RandomAccess.Read(handle, bytes, fileOffset: 0)]);
    }

    private static LockRecord? RecordIn(ReadOnlySpan<byte> bytes) => bytes.IsEmpty || bytes[0] == LockRecord.Blank ? null : LockRecord.Decode(bytes);

    private void Write(LockRecord changed) => Write(changed, written!.Length);

    /// <param name="changed">The new record.</param>
    /// <param name="length">The current length of the file in bytes.</param>
    private void Write(LockRecord changed, int length)
    {
        // Nobody else writes while the lock is held. Blanks overwrite the rest of a longer text.
        byte[] bytes = changed.Encode(length);
        if (written is null || !bytes.AsSpan().SequenceEqual(written))
        {
            RandomAccess.Write(handle, bytes, fileOffset: 0);
        }

        (written, record) = (bytes, changed);
    }

    private int LengthToKeep()
    {
        long length = RandomAccess.GetLength(handle);
        if (length <= LockRecord.Longest)
        {
            return (int)length;
        }

        RandomAccess.SetLength(handle, 0);
        return 0;
    }
}
