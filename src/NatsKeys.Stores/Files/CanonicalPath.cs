namespace NatsKeys.Files;

/// <summary>
/// The one name of a file or folder, whatever name it was called by: every link of it is resolved, and cases are those of the disk.
/// </summary>
internal static class CanonicalPath
{
    private const int MostLinks = 64;

    /// <summary>The one name of a place. What is not there yet keeps the name that it was given.</summary>
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
