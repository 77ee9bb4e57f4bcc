namespace NatsKeys.Rules;

/// <summary>All rules that a store is checked against: those of validity and those of good practice.</summary>
internal static class StoreRules
{
    private static readonly Dictionary<string, ValidationRule> ByName = ValidationRules.All
        .Concat(AuditRules.All)
        .Concat(TrustRules.OfStores)
        .ToDictionary(rule => rule.Name, StringComparer.Ordinal);

    /// <summary>The rules, sorted by name.</summary>
    public static IReadOnlyList<ValidationRule> All { get; } = [.. ByName.Values.OrderBy(rule => rule.Name, StringComparer.Ordinal)];

    /// <summary>The rule of a name; null where there is none.</summary>
    /// <param name="name">The name.</param>
    public static ValidationRule? Find(string name) => ByName.GetValueOrDefault(name);
}
