namespace NatsKeys.Inspection;

/// <summary>Tells build servers what a check of a store found.</summary>
internal static class FindingReport
{
    /// <summary>Writes a report; one without findings says that there are none.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="format">The format.</param>
    /// <param name="basePath">The folder from which files are named; null for each finding's store.</param>
    /// <param name="clock">Tells when the report is made; the system's clock by default.</param>
    public static string Write(IEnumerable<StoreFinding> findings, ReportFormat format, string? basePath = null, TimeProvider? clock = null)
    {
        var places = new FindingPlaces(basePath);
        ReportEntry[] entries = [.. findings.Select(finding => new ReportEntry(finding, places.Find(finding)))];
        return format switch
        {
            ReportFormat.Sarif => SarifReport.Write(entries),
            ReportFormat.Markdown => MarkdownReport.Write(entries),
            _ => JUnitReport.Write(entries, (clock ?? TimeProvider.System).GetUtcNow()),
        };
    }
}
