namespace NatsKeys.Signing;

/// <summary>
/// What a program writes. All of it is read, so that the program does not wait for its reader, and the beginning is kept. The thread that reads
/// ends with whoever has the other end of the pipe.
/// </summary>
internal sealed class ProgramOutput
{
    private const int Most = 4096;

    // What the program wrote is in the pipe when it has ended, and only has to be fetched.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly byte[] kept = new byte[Most];
    private readonly Lock writing = new();
    private readonly Task reading;
    private int length;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">What the program writes to.</param>
    public ProgramOutput(Stream stream) =>
        reading = Task.Factory.StartNew(() => Read(stream), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private byte[] Kept
    {
        get
        {
            lock (writing)
            {
                return kept[..length];
            }
        }
    }

    /// <summary>
    /// What a program wrote that has ended: all until the end. Where somebody whom it left behind keeps that back: what is whole and has been so for
    /// a while.
    /// </summary>
    /// <param name="isWhole">Whether nothing more is expected.</param>
    public byte[] Take(Func<byte[], bool> isWhole)
    {
        long start = TimeProvider.System.GetTimestamp();
        int before = -1;
        while (!reading.Wait(Quiet) && TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            byte[] written = Kept;
            if (written.Length == before && isWhole(written))
            {
                return written;
            }

            before = written.Length;
        }

        return Kept;
    }

    private void Read(Stream stream)
    {
        byte[] part = new byte[Most];
        try
        {
            while (stream.Read(part) is > 0 and int count)
            {
                lock (writing)
                {
                    int taken = Math.Min(count, Most - length);
                    part.AsSpan(0, taken).CopyTo(kept.AsSpan(length));
                    length += taken;
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // There is nobody left who writes, or who waits for it.
        }
    }
}
