namespace NatsKeys.Inspection;

/// <summary>Where a finding is.</summary>
/// <param name="File">The file, from the base folder, with forward slashes; null where there is none.</param>
/// <param name="Line">The line, from 1; null where it is not known.</param>
internal sealed record FindingPlace(string? File, int? Line)
{
    /// <summary>For people.</summary>
    public override string ToString() => $"{File}{(Line is null ? "" : $":{Line}")}";
}
