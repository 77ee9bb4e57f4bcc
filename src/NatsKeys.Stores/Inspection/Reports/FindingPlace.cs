namespace NatsKeys.Inspection;

/// <summary>The location of a finding.</summary>
/// <param name="File">The path of the file, relative to the base folder, with forward slashes; null if there is none.</param>
/// <param name="Line">The line, from 1; null if unknown.</param>
internal sealed record FindingPlace(string? File, int? Line)
{
    /// <summary>The location as text, such as <c>O2/operator.yaml:7</c>.</summary>
    public override string ToString() => $"{File}{(Line is null ? "" : $":{Line}")}";
}
