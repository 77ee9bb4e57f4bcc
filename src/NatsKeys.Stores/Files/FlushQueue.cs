using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace NatsKeys.Files;

/// <summary>
/// New files that have been written but may not be on the disk yet. Flushing many files together takes a fraction of the time of flushing each
/// one. A file that replaces another is never in the queue: it is flushed before it takes the other's place.
/// </summary>
/// <param name="roots">The folders in which files and folders are created. Folders above them are not flushed.</param>
internal sealed class FlushQueue(params string[] roots)
{
    private const int Most = 2000;
    private const int AtOnce = 16;

    // About what a thread costs. Flushing one after the other is faster if the disk takes less, as in memory.
    private static readonly TimeSpan ThreadStart = TimeSpan.FromMilliseconds(0.2);

    // Whether the disk took longer the last time. It decides only how many threads wait for the disk.
    private static volatile bool isSlow;
    private readonly ConcurrentQueue<string> paths = new();

    /// <summary>Flushes one file or folder.</summary>
    public Action<string> Disk { get; init; } = SafeFiles.Flush;

    /// <summary>Adds a file. When there are many, all are flushed.</summary>
    public void Add(string path)
    {
        paths.Enqueue(path);
        if (paths.Count >= Most)
        {
            Flush();
        }
    }

    /// <summary>Flushes all files in the queue.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: a file cannot be flushed.</exception>
    public void Flush()
    {
        var taken = new List<string>();
        while (paths.TryDequeue(out string? path))
        {
            taken.Add(path);
        }

        Flush(taken, Disk);
        FlushFolders(taken.SelectMany(FoldersOf), Disk);
    }

    /// <summary>Flushes files immediately and in parallel.</summary>
    /// <param name="files">The files.</param>
    /// <param name="report">Called on any thread after each file.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: a file cannot be flushed.</exception>
    public void FlushNow(IReadOnlyList<string> files, Action report) => Flush(files, Disk, report);

    /// <summary>Flushes the folders that contain files, so that the files' names are on the disk. Does nothing on Windows.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: a folder cannot be flushed.</exception>
    public static void FlushFolders(IEnumerable<string> paths) => FlushFolders(paths, SafeFiles.Flush);

    private static void FlushFolders(IEnumerable<string> paths, Action<string> disk)
    {
        if (!OperatingSystem.IsWindows())
        {
            Flush([.. paths.Select(path => Path.GetDirectoryName(path)!).Distinct(StringComparer.Ordinal)], disk);
        }
    }

    private static void Flush(IReadOnlyList<string> paths, Action<string> disk, Action? report = null)
    {
        Exception? failed = null;
        int next = -1;
        Thread[] others = isSlow ? Start() : [];
        FlushNext(canStart: !isSlow);
        Array.ForEach(others, thread => thread.Join());
        if (failed is not null)
        {
            ExceptionDispatchInfo.Throw(failed);
        }

        // Dedicated threads, because the thread pool has only one per core and all of these block.
        Thread[] Start()
        {
            Thread[] started = [.. Enumerable.Range(1, Math.Max(0, Math.Min(AtOnce, paths.Count - next - 1) - 1))
                .Select(_ => new Thread(() => FlushNext(canStart: false)) { IsBackground = true })];
            Array.ForEach(started, thread => thread.Start());
            return started;
        }

        void FlushNext(bool canStart)
        {
            while (Interlocked.Increment(ref next) is var index && index < paths.Count)
            {
                long start = TimeProvider.System.GetTimestamp();
                try
                {
                    disk(paths[index]);
                    report?.Invoke();
                }
                catch (Exception error)
                {
                    // An unhandled exception on a thread would end the process.
                    failed = error;
                }

                isSlow = TimeProvider.System.GetElapsedTime(start) > ThreadStart;
                if (canStart && isSlow)
                {
                    others = Start();
                    canStart = false;
                }
            }
        }
    }

    /// <summary>Returns a file and the folders above it, each of which may be as new as the file.</summary>
    private IEnumerable<string> FoldersOf(string path)
    {
        yield return path;
        for (string? at = Path.GetDirectoryName(path);
            at is not null && Array.Exists(roots, root => JournalRecord.RelativeTo(root, at) is not null);
            at = Path.GetDirectoryName(at))
        {
            yield return at;
        }
    }
}
