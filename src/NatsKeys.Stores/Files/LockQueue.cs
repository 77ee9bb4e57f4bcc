using System.Text.RegularExpressions;

namespace NatsKeys.Files;

/// <summary>
/// Those who wait for a lock, in the order in which they came. Each has a file in a folder beside the lock, which it holds as long as it waits:
/// the file of one that was killed is held by nobody, and whoever comes behind it takes it away.
/// Whatever else is in the folder, also a pipe with such a name, is nobody's place, and stays. A link in the place of the folder leads to files of
/// others: there is no order then.
/// </summary>
/// <param name="lockPath">The lock.</param>
internal sealed partial class LockQueue(string lockPath)
{
    private readonly string folder = lockPath + ".queue";

    /// <summary>Whether nobody waits.</summary>
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

    /// <summary>Waits behind those who wait already. Where no file can be made, nobody knows of it, and it waits without an order.</summary>
    /// <param name="isSecret">Whether the folder is its owner's alone.</param>
    public Place Join(bool isSecret) => new(folder, isSecret);

    private static bool IsLink(string folder) => new DirectoryInfo(folder).LinkTarget is not null;

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder)
            .Where(file => PlaceName().IsMatch(Path.GetFileName(file)) && IsPlace(file))
            .Select(file => Path.GetFileName(file));

    private static bool IsPlace(string file)
    {
        // On Windows nothing else is listed among files.
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

        /// <summary>How many wait before this one.</summary>
        public int CountBefore()
        {
            string[] before = NamesBefore(out bool isThere);
            if (!isThere)
            {
                // Somebody took it for that of a dead one before it was held.
                held?.Dispose();
                held = TryHold();
            }

            return before.Count(other => !dead.Contains(other));
        }

        /// <summary>Takes away the places of those who wait no more and could not say so.</summary>
        public void RemoveDead()
        {
            foreach (string other in NamesBefore(out _))
            {
                string path = Path.Combine(folder, other);
                try
                {
                    // A pipe in its place would be waited for.
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
                    // It is held, or has gone.
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
                // Others wait.
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
                return IsLink(folder) ? null : Hold();
            }
            catch (DirectoryNotFoundException)
            {
                return TryHoldInNew();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        private FileStream? TryHoldInNew()
        {
            try
            {
                FileCreation.CreateFolder(folder, isSecret);
                return Hold();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The folder may have gone again meanwhile: then this one waits without an order.
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
