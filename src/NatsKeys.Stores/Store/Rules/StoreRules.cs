using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>All rules that a store is checked against: those for tokens, for entities, for good practice and for changes of access.</summary>
internal static class StoreRules
{
    private static readonly Dictionary<string, ValidationRule> ByName = ValidationRules.All
        .Concat([TrustRules.Template, TrustRules.TemplateCrash])
        .Concat(EntityRules.All)
        .Concat(AuditRules.All)
        .Concat(AccessRules.All)
        .ToDictionary(rule => rule.Name, StringComparer.Ordinal);

    /// <summary>The rules, sorted by name.</summary>
    public static IReadOnlyList<ValidationRule> All { get; } = [.. ByName.Values.OrderBy(rule => rule.Name, StringComparer.Ordinal)];

    /// <summary>Finds a rule by its name; null if there is none.</summary>
    /// <param name="name">The name.</param>
    public static ValidationRule? Find(string name) => ByName.GetValueOrDefault(name);
}
