namespace NatsKeys.Inspection;

/// <summary>A report format of build servers.</summary>
public enum ReportFormat : long
{
    /// <summary>SARIF 2.1.0: results with locations in files, and the rules behind them.</summary>
    Sarif,

    /// <summary>JUnit XML: a failed test for each finding.</summary>
    JUnit,

    /// <summary>Markdown: a table with a row for each finding, for a pull request comment.</summary>
    Markdown,
}
