using System.Collections.Concurrent;

namespace NatsKeys.Files;

/// <summary>
/// Refuses symbolic links that lead out of a folder. A submitted change of a store must not cause files elsewhere to be read, because their
/// content would appear in messages or be signed. The folder itself may be reached through links.
/// </summary>
/// <param name="root">The folder, as a full path.</param>
internal sealed class LinkCheck(string root)
{
    // Folders that are reached without links, with their status when that was checked. A folder of the same status needs no new check for reading.
    private readonly ConcurrentDictionary<string, FileStatus> plain = new(StringComparer.Ordinal);

    /// <summary>Refuses a file that a link leads out of the folder. A missing file is not an error.</summary>
    /// <param name="path">The file, below the folder.</param>
    /// <returns>Whether the file exists.</returns>
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
    /// Refuses a path that a link leads out of the folder, before a new or existing file is written there, because it could not be read again.
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

    /// <summary>Refuses folders that links lead out of the root, immediately before a write. Each folder is checked again.</summary>
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

    /// <summary>Whether neither a folder nor any of its parents below the root is a link.</summary>
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
