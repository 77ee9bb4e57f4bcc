namespace NatsKeys.Rules;

/// <summary>Represents a rule that tokens are checked against.</summary>
/// <param name="Name">Its stable name, for example <c>subject.double-dot</c>.</param>
/// <param name="Severity">The severity of its findings.</param>
/// <param name="Summary">What it requires, as readable text.</param>
public sealed record ValidationRule(string Name, FindingSeverity Severity, string Summary)
{
    /// <summary>The feature of the servers that enforce the rule; null if all do. Older servers accept what breaks it.</summary>
    internal ServerFeature? Since { get; init; }

    /// <summary>The feature of the servers that no longer enforce the rule; null if all still do.</summary>
    internal ServerFeature? Until { get; init; }

    /// <summary>The severity of a finding that does not affect the newest of the checked servers.</summary>
    internal FindingSeverity OlderSeverity { get; init; } = FindingSeverity.Warning;
}
