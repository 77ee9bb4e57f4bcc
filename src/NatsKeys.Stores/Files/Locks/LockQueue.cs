using System.Text.RegularExpressions;

namespace NatsKeys.Files;

/// <summary>
/// The processes that wait for a lock, in order of arrival. Each locks a file of its own in a folder beside the lock while it waits. If a process
/// is killed, its file is no longer locked, and the waiters behind it delete it.
/// Anything else in the folder, even a pipe with a matching name, is ignored and kept. If the folder is a link, it leads to other people's files:
/// there is no order then.
/// </summary>
/// <param name="lockPath">The lock file.</param>
internal sealed partial class LockQueue(string lockPath)
{
    private readonly string folder = lockPath + ".queue";

    /// <summary>Whether no process waits.</summary>
    public bool IsEmpty
    {
        get
        {
            try
            {
                return !Directory.Exists(folder) || IsLink(folder) || !Names(folder).Any();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return true;
            }
        }
    }

    /// <summary>Joins the end of the queue. If no file can be created, the caller waits without an order.</summary>
    /// <param name="isSecret">Whether only the owner gets access to the folder.</param>
    public Place Join(bool isSecret) => new(folder, isSecret);

    private static bool IsLink(string folder) => new DirectoryInfo(folder).LinkTarget is not null;

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder)
            .Where(file => PlaceName().IsMatch(Path.GetFileName(file)) && IsPlace(file))
            .Select(file => Path.GetFileName(file));

    private static bool IsPlace(string file)
    {
        // On Windows, only regular files are listed.
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        if (FileStatus.TryAsk(file, out FileStatus? status))
        {
            return status is { IsRegular: true };
        }

        try
        {
            RegularFile.Require(file);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[0-9a-f]{16}-[0-9a-f]{32}$")]
    private static partial Regex PlaceName();

    /// <summary>A place in the queue.</summary>
    internal sealed class Place : IDisposable
    {
        private readonly HashSet<string> dead = new(StringComparer.Ordinal);
        private readonly string folder;
        private readonly bool isSecret;
        private readonly string name;
        private FileStream? held;

        public Place(string folder, bool isSecret)
        {
            (this.folder, this.isSecret) = (folder, isSecret);
            name = $"{DateTime.UtcNow.Ticks:x16}-{Guid.NewGuid():N}";
            held = TryHold();
        }

        /// <summary>Counts the waiters ahead.</summary>
        public int CountBefore()
        {
            string[] before = NamesBefore(out bool isThere);
            if (!isThere)
            {
                // Another waiter took it for the file of a dead process before it was locked.
                held?.Dispose();
                held = TryHold();
            }

            return before.Count(other => !dead.Contains(other));
        }

        /// <summary>Deletes the files of waiters ahead that have ended without doing so.</summary>
        public void RemoveDead()
        {
            foreach (string other in NamesBefore(out _))
            {
                string path = Path.Combine(folder, other);
                try
                {
                    // Opening a pipe would block.
                    RegularFile.Require(path);
                    using var probe = new FileStream(
                        path,
                        new FileStreamOptions
                        {
                            BufferSize = 0,
                            Access = FileAccess.Read,
                            Share = FileShare.None,
                            Options = FileOptions.DeleteOnClose,
                        });
                    dead.Add(other);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    // It is locked, or no longer exists.
                }
            }
        }

        public void Dispose()
        {
            held?.Dispose();
            try
            {
                if (!IsLink(folder))
                {
                    Directory.Delete(folder);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Others are waiting.
            }
        }

        private string[] NamesBefore(out bool isThere)
        {
            try
            {
                string[] names = [.. Names(folder)];
                isThere = held is null || names.Contains(name);
                return held is null ? [] : Array.FindAll(names, other => string.CompareOrdinal(other, name) < 0);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                isThere = held is null;
                return [];
            }
        }

        private FileStream? TryHold()
        {
            try
            {
                return IsLink(folder) ? null : FileCreation.InFolderOf(Path.Combine(folder, name), isSecret, Hold);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // This process then waits without an order.
                return null;
            }
        }

        private FileStream Hold() => new(
            Path.Combine(folder, name),
            new FileStreamOptions
            {
                BufferSize = 0,
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
            });
    }
}
