using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>
/// A lock between processes, and between threads of one: one alone holds it, or many who share it. The system takes it from a process that
/// ends. Whoever holds it alone says so in the file.
/// </summary>
internal sealed class FileLock : IDisposable
{
    /// <summary>How often the folder is made anew for one try.</summary>
    private const int MostFolders = 100;

    private static readonly TimeSpan ReportAfter = TimeSpan.FromSeconds(1);

    // Where locks of files are known to work.
    private static readonly ConcurrentDictionary<string, bool> Proven = new(StringComparer.Ordinal);

    /// <summary>The name of the file by which one alone changes a store.</summary>
    public const string StoreFile = ".natskeys.lock";

    private readonly Lock writing = new();
    private readonly FileStream file;

    // Asked of the stream once: it sets its position each time.
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

    /// <summary>The journal that is in use, or that a holder before this one left to be finished.</summary>
    public JournalPlace? Journal => record?.Journal;

    /// <summary>Tells this holding of the lock from every other one.</summary>
    public string? Holding => record?.Holding;

    /// <summary>The file by which one alone changes the store in a folder.</summary>
    /// <param name="folder">The store's folder.</param>
    public static string PathIn(string folder) => System.IO.Path.Combine(folder, StoreFile);

    /// <summary>Waits for a lock; disposing it hands it on.</summary>
    /// <param name="path">The file, which is made when it is not there yet.</param>
    /// <param name="what">For people: what is in its folder.</param>
    /// <param name="isSecret">Whether a folder that is made for it is its owner's alone.</param>
    /// <param name="isShared">Whether others may hold it at the same time who share it, too.</param>
    /// <param name="clock">Clock used for timeouts.</param>
    /// <param name="cancellation">Ends the wait at once.</param>
    /// <param name="idle">Keeps the file for the next time; null where there is none.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.StoreBusy"/>: nothing moved for 30 seconds; or <see cref="ErrorCode.FileAccess"/>: it cannot be locked.
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

            // Odd waits, so that those who wait do not meet again and again.
            cancellation.WaitHandle.WaitOne(Random.Shared.Next(1, 6) + Math.Min(before * 5, 50));
        }
    }

    /// <summary>Takes a lock alone if nobody else holds it; null if somebody does, or if this one may not.</summary>
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

    /// <summary>Who holds or held a lock, and which journal is in use; null where nobody knows.</summary>
    public static LockRecord? ReadRecord(string path)
    {
        try
        {
            using SafeFileHandle? opened = OperatingSystem.IsWindows()
                ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
                : UnixFile.TryOpen(path);

            // What is no file has no record either: nothing here waits for it, and a device gives nothing that is one.
            return opened is null ? null : ReadRecord(opened);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Says that the work gets on, for those who wait. Seldom more than once in a second anything is written.</summary>
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
    /// Says which journal is in use from now on; null when none is. Where it says so already nothing is written: a series of changes
    /// names one journal again and again.
    /// </summary>
    /// <param name="journal">The journal.</param>
    /// <param name="flush">Whether the disk has it before anything else is done.</param>
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
    /// Has no journal from now on, which the file says when it is written next, at the latest when the lock is handed on. Until then it names
    /// a journal without steps, and whoever would have to finish it finds nothing to do.
    /// </summary>
    public void ForgetJournal()
    {
        lock (writing)
        {
            record = record! with { Journal = null };
        }
    }

    /// <summary>Takes the lock file away, while nobody else can have it.</summary>
    public void Delete()
    {
        idle = null;

        // On Windows nobody deletes a file that is open, and none that somebody else opened in between.
        if (OperatingSystem.IsWindows())
        {
            Dispose();
        }

        SafeFiles.TryDelete(file.Name);
    }

    /// <summary>Hands the lock on. Nothing remains in the file, unless the next one has to know of a journal.</summary>
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

    /// <summary>Whether an error says that somebody else has the file open, and not that it cannot be had at all.</summary>
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
            // Those who wait may lose their patience. The work itself is not concerned.
        }
    }

    /// <summary>Blanks take its place: a file that is cut and grows again costs the file system more than the rest of the lock.</summary>
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
            // Whoever reads it believes that we hold it still, and is told so only where somebody else does.
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
    /// The folder is nearly always there; where it is not, it is made. Whoever held the lock of what never became a store takes the folder away
    /// again, which may happen between the two.
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
        // On Windows others can read who holds it; on Unix they can anyway, and what shares anything is no lock.
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

    /// <summary>Refuses a link: what it leads to is somebody's file, and the record of the holder would be written over it.</summary>
    private static void RequireOwn(string path)
    {
        // One question is enough for what is there as it should be. It is asked each time: a pipe in the place of a lock would be waited for.
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

    /// <summary>Refuses a place where a second one could hold what is held: what two change at once is lost.</summary>
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

    /// <summary>Writes down who holds the lock.</summary>
    private void Claim()
    {
        Span<byte> bytes = stackalloc byte[LockRecord.Longest];
        int length = RandomAccess.Read(handle, bytes, fileOffset: 0);
        JournalPlace? journal = RecordIn(bytes[..length])?.Journal;
        Write(LockRecord.Mine(TimeProvider.System.GetUtcNow(), journal), length < LockRecord.Longest ? length : LengthToKeep());
    }

    /// <summary>Whether it is the lock: somebody may have deleted the file after it was opened.</summary>
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

    /// <param name="changed">What is written.</param>
    /// <param name="length">How many bytes are there.</param>
    private void Write(LockRecord changed, int length)
    {
        // Nobody else writes here as long as it is held. Blanks take the place of a longer text from before.
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
