using System.Collections.Concurrent;

namespace NatsKeys.Store;

/// <summary>
/// New files that the system has taken and the disk may not have yet. To wait for the disk once for many of them takes a fraction of the
/// time that waiting for each takes. A file that replaces another one is never among them: it is on the disk before it takes its place.
/// </summary>
internal sealed class FlushQueue
{
    private const int Most = 2000;
    private const int AtOnce = 16;
    private readonly ConcurrentQueue<string> paths = new();

    /// <summary>Takes up a file. When there are many, it is waited for all of them.</summary>
    public void Add(string path)
    {
        paths.Enqueue(path);
        if (paths.Count >= Most)
        {
            Flush();
        }
    }

    /// <summary>Waits until the disk has all files.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: the disk did not take one.</exception>
    public void Flush()
    {
        var taken = new List<string>();
        while (paths.TryDequeue(out string? path))
        {
            taken.Add(path);
        }

        // The disk takes those together that are asked for at the same time.
        NatsKeysException? failed = null;
        Parallel.ForEach(taken, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, path =>
        {
            try
            {
                StoreFiles.Flush(path);
            }
            catch (NatsKeysException error)
            {
                failed = error;
            }
        });
        if (failed is not null)
        {
            throw failed;
        }
    }
}
