using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

/// <summary>
/// A disk that takes names of another case for the same, as those of Windows and macOS. Elsewhere it gives what is there a second name by a link,
/// and hides the links from whoever lists a folder.
/// </summary>
internal sealed class CaselessDisk : Disk
{
    public override bool Exists(string path) => base.Exists(path) || Find(path) is not null;

    public override bool FileExists(string path) => base.FileExists(path) || (Find(path) is { } found && File.Exists(found));

    public override IEnumerable<string> Folders(string folder) => base.Folders(folder).Where(name => IsStored(folder, name));

    public override IEnumerable<string> Files(string folder) => base.Files(folder).Where(name => IsStored(folder, name));

    /// <summary>Has what lies in a folder open under lower case, too.</summary>
    public static void Alias(string folder)
    {
        foreach (string path in Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).OrderDescending(StringComparer.Ordinal))
        {
            string other = Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileName(path).ToLowerInvariant());
            if (!Path.Exists(other))
            {
                File.CreateSymbolicLink(other, Path.GetFileName(path));
            }
        }
    }

    /// <summary>What has a path but for its case.</summary>
    private static string? Find(string path) => Path.GetDirectoryName(path) is not { } parent ? path
        : Find(parent) is not { } folder || !Directory.Exists(folder) ? null
        : Directory.EnumerateFileSystemEntries(folder)
            .FirstOrDefault(entry => Path.GetFileName(entry).Equals(Path.GetFileName(path), StringComparison.OrdinalIgnoreCase));

    private static bool IsStored(string folder, string name) => new FileInfo(Path.Combine(folder, name)).LinkTarget is null;
}
