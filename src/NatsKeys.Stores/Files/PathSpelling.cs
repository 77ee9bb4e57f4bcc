namespace NatsKeys.Files;

/// <summary>
/// How the disk spells a path that somebody typed. Where it does not tell cases apart, one folder has many spellings, and is still one.
/// </summary>
internal static class PathSpelling
{
    /// <summary>A full path with its parts as they are stored. What is not there stays as it was typed.</summary>
    /// <param name="path">The path; one that is relative belongs to the folder of the process.</param>
    public static string Of(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            return Spell(full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Who may not look at a folder may still be let through it.
            return full;
        }
    }

    /// <summary>
    /// Whether two paths lead to one place. Files that are still to be made are one, too, where they differ in case alone: on other systems
    /// they would be.
    /// </summary>
    /// <param name="path">A path.</param>
    /// <param name="other">Another path.</param>
    public static bool IsSame(string path, string other) => string.Equals(Of(path), Of(other), StringComparison.OrdinalIgnoreCase);

    /// <summary>A name in a folder as it is stored; as it was given where it is not there.</summary>
    internal static string Of(string folder, string name)
    {
        // Where a disk tells cases apart, nothing has the name in another case: then no folder needs to be listed.
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

    /// <summary>The root of a path: the letter of a drive has no stored case.</summary>
    internal static string OfRoot(string root) =>
        OperatingSystem.IsWindows() && root.Length > 1 && root[1] == Path.VolumeSeparatorChar ? root.ToUpperInvariant() : root;

    /// <summary>A name with the case of each of its letters turned; null where it has none.</summary>
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
