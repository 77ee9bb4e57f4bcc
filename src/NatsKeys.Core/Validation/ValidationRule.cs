namespace NatsKeys.Validation;

/// <summary>A rule that tokens are held against.</summary>
/// <param name="Name">Its stable name, for example <c>subject.double-dot</c>.</param>
/// <param name="Severity">How much a finding matters.</param>
/// <param name="Summary">What it asks for, for people.</param>
public sealed record ValidationRule(string Name, FindingSeverity Severity, string Summary);
