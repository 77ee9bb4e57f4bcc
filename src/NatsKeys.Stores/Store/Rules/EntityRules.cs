using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>The rules for the entities of a store. A token alone cannot violate them.</summary>
internal static class EntityRules
{
    internal static readonly ValidationRule EntityUnsigned = Error("entity.unsigned", "An entity has a token.");

    internal static readonly ValidationRule EntityModified = Error("entity.modified", "The readable claims of an entity file match its token.");

    internal static readonly ValidationRule EntityName = Warning("entity.name", "An entity has the name of its file.");

    internal static readonly ValidationRule StoreUnreadable = Error("store.unreadable", "An entity file can be read.");

    internal static readonly ValidationRule StoreSubject = Error("store.subject", "Each entity has its own key.");

    internal static readonly ValidationRule ExpiresSoon = Time("time.expires-soon", "The token does not expire soon.");

    internal static readonly ValidationRule ActivationExpiresSoon = Time(
        "time.activation-expires-soon", "The activation of an import does not expire soon.");

    /// <summary>The rules, sorted by name.</summary>
    public static IReadOnlyList<ValidationRule> All { get; } = ValidationRules.In(typeof(EntityRules));

    private static ValidationRule Error(string name, string summary) => new(name, FindingSeverity.Error, summary);

    private static ValidationRule Time(string name, string summary) => new(name, FindingSeverity.Time, summary);

    private static ValidationRule Warning(string name, string summary) => new(name, FindingSeverity.Warning, summary);
}
