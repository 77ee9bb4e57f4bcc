using System.Collections.Concurrent;

namespace NatsKeys.Files;

/// <summary>
/// Refuses links in a folder that lead out of it. Who sends a change of a store must not have files read that lie elsewhere: what stands in them
/// would show in messages, or be signed. The folder itself may be reached through links.
/// </summary>
/// <param name="root">The folder, as a full path.</param>
internal sealed class LinkCheck(string root)
{
    // Folders that no link leads to, as they were when that was found out. While one is the same folder, it need not be found out again to read.
    private readonly ConcurrentDictionary<string, FileStatus> plain = new(StringComparer.Ordinal);

    /// <summary>Refuses a file that a link puts elsewhere. One that is not there is no error.</summary>
    /// <param name="path">The file, below the folder.</param>
    /// <returns>Whether it is there.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    public bool RequireInside(string path) => SafeFiles.Guarded(path, () =>
    {
        bool isKnown = FileStatus.TryAsk(path, out FileStatus? status);
        if (isKnown ? status is null : !Path.Exists(path))
        {
            return false;
        }

        if (!IsInPlainFolder(path) || (isKnown ? status!.Value.IsLink : IsLink(path)))
        {
            RequireBelow(path);
        }

        return true;
    });

    /// <summary>
    /// Refuses a place that a link puts elsewhere, before something is written there, be it new or not. It could not be read again.
    /// </summary>
    /// <param name="path">The file or folder, below the folder.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    public void RequireInsideToWrite(string path) => SafeFiles.Guard(path, () =>
    {
        if (!IsInPlainFolder(path) || (FileStatus.TryAsk(path, out FileStatus? status) ? status is { IsLink: true } : IsLink(path)))
        {
            RequireBelow(path);
        }
    });

    /// <summary>Refuses folders that links put elsewhere, just before something is written there: each of them is asked for anew.</summary>
    /// <param name="folders">The folders.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileAccess"/>.</exception>
    public void RequireFoldersInside(IEnumerable<string> folders)
    {
        foreach (string folder in folders)
        {
            SafeFiles.Guard(folder, () =>
            {
                if (!IsPlain(folder))
                {
                    RequireBelow(folder);
                }
            });
        }
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    private bool IsInPlainFolder(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (FileStatus.OfTarget(folder) is not { } status)
        {
            return IsPlain(folder);
        }

        if (plain.TryGetValue(folder, out FileStatus known) && known.IsSame(status))
        {
            return true;
        }

        bool isPlain = IsPlain(folder);
        if (isPlain)
        {
            plain[folder] = status;
        }

        return isPlain;
    }

    private void RequireBelow(string path)
    {
        string real = CanonicalPath.Of(path);
        if (!IsBelow(real, CanonicalPath.Of(root)))
        {
            throw new IOException(
                $"This link leads out of the store, to '{real}', and is not followed. Replace it with a copy, or move the store there.");
        }
    }

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(
            Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar,
            OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether no folder below the root, on the way to one of its folders, is a link.</summary>
    private bool IsPlain(string folder)
    {
        for (string? current = folder; current is not null && current.Length > root.Length; current = Path.GetDirectoryName(current))
        {
            if (new DirectoryInfo(current).LinkTarget is not null)
            {
                return false;
            }
        }

        return true;
    }
}
