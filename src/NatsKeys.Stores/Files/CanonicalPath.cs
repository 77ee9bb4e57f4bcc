namespace NatsKeys.Files;

/// <summary>
/// The canonical path of a file or folder: links are resolved, and the case is as stored on the disk.
/// </summary>
internal static class CanonicalPath
{
    private const int MostLinks = 64;

    /// <summary>Returns the canonical path. Parts that do not exist are kept as given.</summary>
    public static string Of(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            return Resolve(full, MostLinks);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return full;
        }
    }

    private static string Resolve(string path, int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return PathSpelling.OfRoot(path);
        }

        string folder = Resolve(parent, links);
        string place = Path.Combine(folder, PathSpelling.Of(folder, Path.GetFileName(path)));
        if (links == 0 || new FileInfo(place).LinkTarget is not { } target)
        {
            return place;
        }

        return Resolve(Path.TrimEndingDirectorySeparator(Path.GetFullPath(target, folder)), links - 1);
    }
}
