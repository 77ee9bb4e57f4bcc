namespace NatsKeys.Rules;

/// <summary>A rule that tokens are held against.</summary>
/// <param name="Name">Its stable name, for example <c>subject.double-dot</c>.</param>
/// <param name="Severity">How much a finding matters.</param>
/// <param name="Summary">What it asks for, for people.</param>
public sealed record ValidationRule(string Name, FindingSeverity Severity, string Summary)
{
    /// <summary>What servers have that know the rule; null where all do. Older ones take what breaks it.</summary>
    internal ServerFeature? Since { get; init; }

    /// <summary>What servers have that do not know the rule any more; null where all know it.</summary>
    internal ServerFeature? Until { get; init; }

    /// <summary>How much a finding matters that the newest of the servers in question do not mind.</summary>
    internal FindingSeverity OlderSeverity { get; init; } = FindingSeverity.Warning;
}
