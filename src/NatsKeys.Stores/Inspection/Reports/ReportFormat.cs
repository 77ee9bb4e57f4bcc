namespace NatsKeys.Inspection;

/// <summary>A format in which build servers take what a check found.</summary>
public enum ReportFormat : long
{
    /// <summary>SARIF 2.1.0: results at places in files, with the rules behind them.</summary>
    Sarif,

    /// <summary>JUnit's XML: a test that failed for each finding.</summary>
    JUnit,

    /// <summary>Markdown: a table with a row for each finding, for a comment of a pull request.</summary>
    Markdown,
}
