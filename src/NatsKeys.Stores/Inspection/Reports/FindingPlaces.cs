using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Finds the files and lines of findings. Findings about one file must follow each other, so that the file is read once.</summary>
/// <param name="basePath">The folder to which paths are relative; null for the store of each finding.</param>
internal sealed class FindingPlaces(string? basePath)
{
    private (string File, ClaimLines? Lines)? last;

    /// <summary>
    /// Gets the location of a finding. A file outside of the folder, such as credentials, is replaced by the marker file of the store.
    /// </summary>
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
