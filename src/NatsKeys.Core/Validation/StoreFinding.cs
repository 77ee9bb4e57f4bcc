using NatsKeys.Store;

namespace NatsKeys.Validation;

/// <summary>Something that a check of a store found.</summary>
/// <param name="Path">The entity that it is about.</param>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Claim">The claim that it is about.</param>
/// <param name="Message">What is wrong, for people.</param>
public sealed record StoreFinding(EntityPath Path, string Rule, FindingSeverity Severity, string Claim, string Message)
{
    /// <summary>The file of the entity, where it could not be read.</summary>
    public string? File { get; init; }
}
