using Microsoft.Win32.SafeHandles;

namespace NatsKeys.Files;

/// <summary>
/// Writes the record of an exclusive holder to its lock file. It is safe to use from several threads. After <see cref="TryEnd"/>, nothing is written.
/// </summary>
/// <param name="path">The lock file.</param>
/// <param name="handle">The open lock file.</param>
internal sealed class HolderRecord(string path, SafeFileHandle handle)
{
    private static readonly TimeSpan ReportAfter = TimeSpan.FromSeconds(1);

    private readonly Lock writing = new();
    private LockRecord? record;
    private byte[]? written;
    private bool isOver;
    private long reported = TimeProvider.System.GetTimestamp();

    /// <summary>The record; null for a shared holder, and after the end.</summary>
    public LockRecord? Current => record;

    /// <summary>Records this process as the holder of the lock.</summary>
    public void Claim()
    {
        Span<byte> bytes = stackalloc byte[LockRecord.Longest];
        int length = RandomAccess.Read(handle, bytes, fileOffset: 0);
        JournalPlace? journal = LockFile.RecordIn(bytes[..length])?.Journal;
        Write(LockRecord.Mine(TimeProvider.System.GetUtcNow(), journal), length < LockRecord.Longest ? length : LengthToKeep());
    }

    /// <summary>Whether another open file has this record.</summary>
    public bool IsIn(SafeFileHandle other)
    {
        Span<byte> there = stackalloc byte[LockRecord.Longest];
        return there[..RandomAccess.Read(other, there, fileOffset: 0)].StartsWith(written);
    }

    /// <inheritdoc cref="FileLock.Report"/>
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

    /// <inheritdoc cref="FileLock.NameJournal"/>
    public void NameJournal(JournalPlace? journal, bool flush)
    {
        lock (writing)
        {
            Write(record! with { Journal = journal });
            if (flush)
            {
                Disk.Current.Flush(path, handle);
            }
        }
    }

    /// <inheritdoc cref="FileLock.ForgetJournal"/>
    public void ForgetJournal()
    {
        lock (writing)
        {
            record = record! with { Journal = null };
        }
    }

    /// <summary>Ends the record. The file is blanked unless the next holder needs the name of the journal.</summary>
    /// <returns>False if it has ended before.</returns>
    public bool TryEnd()
    {
        lock (writing)
        {
            if (isOver)
            {
                return false;
            }

            isOver = true;
            if (record is { Journal: null })
            {
                TryClear();
            }

            record = null;
            return true;
        }
    }

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
