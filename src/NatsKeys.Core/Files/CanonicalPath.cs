namespace NatsKeys.Files;

/// <summary>The one name of a file or folder, whatever name it was called by: every link of it is resolved, and cases are those of the disk.</summary>
internal static class CanonicalPath
{
    private const int MostLinks = 64;

    /// <summary>The one name of a place. What is not there yet keeps the name that it was given.</summary>
    public static string Of(string path) => Of(path, new DirectoryNames());

    /// <summary>The same, on a disk that is asked through an object.</summary>
    internal static string Of(string path, DirectoryNames disk)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            return Resolve(full, disk, MostLinks);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return full;
        }
    }

    private static string Resolve(string path, DirectoryNames disk, int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        string folder = Resolve(parent, disk, links);
        string place = Path.Combine(folder, disk.StoredName(folder, Path.GetFileName(path)));
        if (links == 0 || disk.LinkTarget(place) is not { } target)
        {
            return place;
        }

        return Resolve(Path.TrimEndingDirectorySeparator(Path.GetFullPath(target, folder)), disk, links - 1);
    }

    /// <summary>What a disk says about the names in a folder.</summary>
    internal class DirectoryNames
    {
        /// <summary>Where a link points to; null for what is none.</summary>
        public virtual string? LinkTarget(string path) => new FileInfo(path).LinkTarget;

        /// <summary>The name as the disk has it.</summary>
        public string StoredName(string folder, string name)
        {
            // Where a disk tells cases apart, the name in other cases is not there: then no folder needs to be listed.
            if (!Exists(Path.Combine(folder, OtherCase(name))))
            {
                return name;
            }

            string? stored = null;
            foreach (string other in List(folder))
            {
                if (other == name)
                {
                    return name;
                }

                stored = other.Equals(name, StringComparison.OrdinalIgnoreCase) ? other : stored;
            }

            return stored ?? name;
        }

        /// <summary>Whether something is there.</summary>
        protected virtual bool Exists(string path) => Path.Exists(path);

        /// <summary>The names in a folder.</summary>
        protected virtual IEnumerable<string> List(string folder) => Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path));

        private static string OtherCase(string name) => string.Create(name.Length, name, static (characters, original) =>
        {
            for (int index = 0; index < characters.Length; index++)
            {
                char character = original[index];
                characters[index] = char.IsLower(character) ? char.ToUpperInvariant(character) : char.ToLowerInvariant(character);
            }
        });
    }
}
