namespace NatsKeys.Signing;

/// <summary>
/// The output of a program. All of it is read, so that the program does not block, but only the beginning is kept. The reading thread ends when
/// every process has closed its end of the pipe.
/// </summary>
internal sealed class ProgramOutput
{
    private const int Most = 4096;

    // When the program has ended, its output is already in the pipe and only has to be read.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly byte[] kept = new byte[Most];
    private readonly Lock writing = new();
    private readonly Task reading;
    private int length;

    /// <summary>Starts reading.</summary>
    /// <param name="stream">The output stream of the program.</param>
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
    /// Returns the output of a program that has ended. Usually that is everything up to the end of the stream. If a child process that was left
    /// behind keeps the stream open, it is what was read, once that is complete and has not changed for a while, or after a timeout.
    /// </summary>
    /// <param name="isWhole">Whether the output is complete.</param>
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
            // The stream was closed.
        }
    }
}
