namespace NatsKeys.Files;

/// <summary>
/// Finds what exposes the secrets in a folder to others. To read a secret, others need rights on its folder and the folders above. To substitute
/// one, it is enough that they can rename a folder above, or that a link leads to a folder in which they can write.
/// </summary>
internal static class FolderExposure
{
    /// <summary>Returns the problems of a folder of secrets, as messages.</summary>
    /// <param name="root">The folder that contains them.</param>
    /// <param name="secrets">The subfolder with the most sensitive secrets.</param>
    /// <param name="parts">The subfolders that must not be links.</param>
    public static IEnumerable<string> Of(string root, string secrets, IEnumerable<string> parts)
    {
        string folder = Directory.Exists(secrets) ? secrets : root;
        if (FolderAccess.IsOpenToOthers(root, folder))
        {
            yield return $"Users other than its owner can read the key folder '{folder}'. Restrict it: {FolderAccess.Remedy(folder)}";
        }

        foreach (string own in ((string[])[root, secrets]).Where(path => FolderAccess.IsWritableByAll(path)))
        {
            yield return $"Everyone can write to the key root '{own}', and could replace the keys in it. Restrict it: "
                + $"chmod o-w '{own}'.";
        }

        foreach (string above in Above(root).Where(path => FolderAccess.IsWritableByAll(path) && !FolderAccess.IsSticky(path)))
        {
            yield return $"Everyone can write to '{above}', and could replace the key root '{root}' in it. Restrict it: "
                + $"chmod o-w '{above}'.";
        }

        foreach (string part in parts)
        {
            if (FolderAccess.LinkTarget(part) is { } target)
            {
                yield return $"'{part}' is a link to '{target}'. Anyone who can write there can read or replace the keys. Replace the link with a "
                    + "folder, or use another key root.";
            }
        }
    }

    /// <summary>Returns the folders above a folder, and, if it is a link, those above its target.</summary>
    private static IEnumerable<string> Above(string root)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        string folder = Path.GetDirectoryName(full) ?? full;
        string[] starts = FolderAccess.LinkTarget(full) is { } target
            ? [full, Path.TrimEndingDirectorySeparator(Path.GetFullPath(target, folder))]
            : [full];
        return starts.SelectMany(Parents).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Parents(string folder)
    {
        for (string? at = Path.GetDirectoryName(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            yield return at;
        }
    }
}
