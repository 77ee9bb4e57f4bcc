using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>The rules that report changes of access.</summary>
internal static class AccessRules
{
    internal static readonly ValidationRule Granted = new("access.granted", FindingSeverity.Warning, "A reviewer approves new access.");

    internal static readonly ValidationRule Changed = new(
        "access.changed", FindingSeverity.Warning, "A reviewer approves changes that affect access.");

    internal static readonly ValidationRule Taken = new("access.taken", FindingSeverity.Advice, "Nobody needs the removed access.");

    /// <summary>The rules, sorted by name.</summary>
    public static IReadOnlyList<ValidationRule> All { get; } = ValidationRules.In(typeof(AccessRules));
}
