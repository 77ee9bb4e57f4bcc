using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace NatsKeys.Files;

/// <summary>
/// New files that the system has taken and the disk may not have yet. To wait for the disk once for many of them takes a fraction of the
/// time that waiting for each takes. A file that replaces another one is never among them: it is on the disk before it takes its place.
/// </summary>
/// <param name="roots">The folders in which files and folders come into being; folders above them are not waited for.</param>
internal sealed class FlushQueue(params string[] roots)
{
    private const int Most = 2000;
    private const int AtOnce = 16;
    private readonly ConcurrentQueue<string> paths = new();

    /// <summary>Waits until the disk has one file or folder.</summary>
    public Action<string> Disk { get; init; } = SafeFiles.Flush;

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

        Flush(taken, Disk);
        FlushFolders(taken.SelectMany(FoldersOf), Disk);
    }

    /// <summary>Waits at once until the disk has files. It takes those together that are asked for at the same time.</summary>
    /// <param name="files">The files.</param>
    /// <param name="report">Is called whenever the work gets on, on any thread.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: the disk did not take one.</exception>
    public void FlushNow(IReadOnlyList<string> files, Action report) => Flush(files, Disk, report);

    /// <summary>Waits until the disk has the names in the folders of files, where the system can say so.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>: the disk did not take them.</exception>
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

        // Threads of their own: those of the pool are as many as there are cores, and all of these wait.
        Thread[] others = [.. Enumerable.Range(1, Math.Max(0, Math.Min(AtOnce, paths.Count) - 1))
            .Select(_ => new Thread(FlushNext) { IsBackground = true })];
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
                    disk(paths[index]);
                    report?.Invoke();
                }
                catch (Exception error)
                {
                    // What a thread throws would end the process.
                    failed = error;
                }
            }
        }
    }

    /// <summary>A file, and the folders above it: each of them may be as new as the file.</summary>
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
