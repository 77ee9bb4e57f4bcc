using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Finds the files and lines of findings. Findings about one file come one after the other, and it is read once.</summary>
/// <param name="basePath">The folder from which files are named; null for each finding's store.</param>
internal sealed class FindingPlaces(string? basePath)
{
    private (string File, ClaimLines? Lines)? last;

    /// <summary>Findings about files outside of the folder, such as credentials, are reported at the marker file of the store.</summary>
    public FindingPlace Find(StoreFinding finding)
    {
        if (Relative(finding.File, finding.Store) is { } own)
        {
            return new FindingPlace(own, finding.Line ?? LinesOf(finding.File!)?.Find(finding.Claim));
        }

        return new FindingPlace(finding.Store is { } store ? Relative(Path.Combine(store, StoreLayout.MarkerName), store) : null, Line: null);
    }

    private string? Relative(string? file, string? store)
    {
        if (file is null || (basePath ?? store) is not { } folder)
        {
            return null;
        }

        string relative = Path.GetRelativePath(folder, file);
        bool isOutside = Path.IsPathRooted(relative)
            || relative == ".."
            || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return isOutside ? null : relative.Replace(Path.DirectorySeparatorChar, '/');
    }

    private ClaimLines? LinesOf(string file)
    {
        if (last?.File != file)
        {
            last = (file, ClaimLines.TryRead(file));
        }

        return last?.Lines;
    }
}
