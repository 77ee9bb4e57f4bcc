namespace NatsKeys.Signing;

/// <summary>What a program writes. All of it is read, so that the program does not wait for its reader, and the beginning is kept.</summary>
internal sealed class ProgramOutput : IDisposable
{
    private const int Most = 4096;

    private readonly CancellationTokenSource end = new();
    private readonly byte[] kept = new byte[Most];
    private readonly Lock writing = new();
    private readonly Task reading;
    private int length;

    /// <summary>Begins to read.</summary>
    public ProgramOutput(Stream stream) => reading = Task.Run(() => ReadAsync(stream));

    /// <summary>What came until the end, or until somebody kept that back for a while.</summary>
    /// <param name="patience">How long the end is waited for.</param>
    public byte[] Take(TimeSpan patience)
    {
        reading.Wait(patience);
        lock (writing)
        {
            return kept[..length];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The source is not disposed: whoever reads still looks at it.
        end.Cancel();
    }

    private async Task ReadAsync(Stream stream)
    {
        byte[] part = new byte[Most];
        try
        {
            while (await stream.ReadAsync(part, end.Token).ConfigureAwait(false) is > 0 and int count)
            {
                lock (writing)
                {
                    int taken = Math.Min(count, Most - length);
                    part.AsSpan(0, taken).CopyTo(kept.AsSpan(length));
                    length += taken;
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Nobody waits for more, or there is nobody left who writes.
        }
    }
}
