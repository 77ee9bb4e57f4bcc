namespace NatsKeys.Inspection;

/// <summary>Writes reports of findings for build servers.</summary>
internal static class FindingReport
{
    /// <summary>Writes a report. If there are no findings, the report says so.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="format">The format.</param>
    /// <param name="basePath">The folder to which paths are relative; null for the store of each finding.</param>
    /// <param name="clock">The clock for the time of the report; the system's clock by default.</param>
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
