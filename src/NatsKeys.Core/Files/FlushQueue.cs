using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace NatsKeys.Files;

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

        Flush(taken);
    }

    /// <summary>Waits until the disk has files. It takes those together that are asked for at the same time.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: the disk did not take one.</exception>
    public static void Flush(IReadOnlyList<string> paths)
    {
        Exception? failed = null;
        int next = -1;

        // Threads of their own: those of the pool are as many as there are cores, and all of these wait.
        Thread[] others = [.. Enumerable.Range(1, Math.Max(0, Math.Min(AtOnce, paths.Count) - 1)).Select(_ => new Thread(FlushNext) { IsBackground = true })];
        Array.ForEach(others, thread => thread.Start());
        FlushNext();
        Array.ForEach(others, thread => thread.Join());
        if (failed is not null)
        {
            ExceptionDispatchInfo.Throw(failed);
        }

        void FlushNext()
        {
            while (Interlocked.Increment(ref next) is var index && index < paths.Count)
            {
                try
                {
                    SafeFiles.Flush(paths[index]);
                }
                catch (Exception error)
                {
                    // What a thread throws would end the process.
                    failed = error;
                }
            }
        }
    }
}
