namespace NatsKeys.Files;

/// <summary>
/// Spells a path the way the disk stores it. On a case-insensitive file system, a folder has many spellings but is one folder.
/// </summary>
internal static class PathSpelling
{
    /// <summary>Returns a full path with its parts as they are stored. Parts that do not exist are kept as given.</summary>
    /// <param name="path">The path; a relative path starts at the current folder of the process.</param>
    public static string Of(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            return Spell(full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed may still be traversable.
            return full;
        }
    }

    /// <summary>
    /// Whether two paths lead to the same place. Paths of files that do not exist yet are the same if they differ only in case, because they may be
    /// the same on another system.
    /// </summary>
    /// <param name="path">A path.</param>
    /// <param name="other">Another path.</param>
    public static bool IsSame(string path, string other) => string.Equals(Of(path), Of(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns a name in a folder as it is stored, or as given if it does not exist.</summary>
    internal static string Of(string folder, string name)
    {
        // On a case-sensitive file system, the name does not exist in another case, so the folder need not be listed.
        if (InOtherCase(name) is not { } other || !Disk.Current.Exists(Path.Combine(folder, other)))
        {
            return name;
        }

        string? stored = null;
        foreach (string entry in Disk.Current.Entries(folder, name))
        {
            if (entry == name)
            {
                return name;
            }

            stored = entry.Equals(name, StringComparison.OrdinalIgnoreCase) ? entry : stored;
        }

        return stored ?? name;
    }

    /// <summary>Normalizes the root of a path. The letter of a drive has no stored case.</summary>
    internal static string OfRoot(string root) =>
        OperatingSystem.IsWindows() && root.Length > 1 && root[1] == Path.VolumeSeparatorChar ? root.ToUpperInvariant() : root;

    /// <summary>Inverts the case of each letter of a name; null if it has no letters.</summary>
    internal static string? InOtherCase(string name)
    {
        string turned = string.Create(name.Length, name, static (letters, source) =>
        {
            for (int index = 0; index < letters.Length; index++)
            {
                char letter = source[index];
                letters[index] = char.IsUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter);
            }
        });
        return turned == name ? null : turned;
    }

    private static string Spell(string path)
    {
        if (Path.GetDirectoryName(path) is { } parent)
        {
            string folder = Spell(parent);
            return Path.Combine(folder, Of(folder, Path.GetFileName(path)));
        }

        return OfRoot(path);
    }
}
