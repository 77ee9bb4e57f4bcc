using NatsKeys.Rules;

namespace NatsKeys.Store;

/// <summary>The rules of good practice. A store that breaks them still works.</summary>
internal static class AuditRules
{
    internal static readonly ValidationRule NeverExpires = Advice("audit.never-expires", "A user has an expiry.");

    internal static readonly ValidationRule Bearer = Warning("audit.bearer", "A user proves its identity with its key.");

    internal static readonly ValidationRule FullWildcard = Warning("audit.full-wildcard", "No permission allows '>'.");

    internal static readonly ValidationRule Unrestricted = Advice(
        "audit.unrestricted", "A user has permissions: its own, its role's or its account's defaults.");

    internal static readonly ValidationRule IdentitySigned = Advice(
        "audit.identity-signed", "An operator or account with signing keys does not sign with its identity key.");

    internal static readonly ValidationRule IdentityKeyNearby = Advice(
        "audit.identity-key", "The identity keys of operators and accounts are moved from the key root to offline storage within 30 days.");

    internal static readonly ValidationRule UnscopedKey = Advice(
        "audit.unscoped-key", "At most one signing key of an account has no role.");

    internal static readonly ValidationRule ActivationExpired = Warning("audit.activation-expired", "The activation of an import has not expired.");

    internal static readonly ValidationRule OrphanedKey = Advice("audit.orphaned-key", "Each private key in the key root belongs to the store.");

    internal static readonly ValidationRule OrphanedCredential = Warning(
        "audit.orphaned-credential", "Credentials in the key root belong to a user in the store.");

    internal static readonly ValidationRule StaleCredential = Warning(
        "audit.stale-credential", "Credentials in the key root hold the current token of their user, or a copy that expires earlier.");

    internal static readonly ValidationRule UnknownClaim = Warning("audit.unknown-claim", "Every claim is known to this version of NatsKeys.");

    internal static readonly ValidationRule InnerTail = Warning("audit.inner-tail", "In a permission, '>' is only the last token.");

    internal static readonly ValidationRule UnfinishedRotation = Warning("audit.unfinished-rotation", "No key rotation is in progress.");

    internal static readonly ValidationRule UnconfirmedRotation = Warning(
        "audit.unconfirmed-rotation", "All servers know the new signing key of the system account.");

    internal static readonly ValidationRule ExposedKeys = Warning("audit.exposed-keys", "Only its owner can read or replace the key root.");

    internal static readonly ValidationRule LookAlike = Warning("audit.look-alike", "No name looks like the name of a sibling.");

    internal static readonly ValidationRule UnreachableExport = Advice(
        "audit.unreachable-export", "Some user may send and some user may receive the messages of an export.");

    internal static readonly ValidationRule UnreachableImport = Advice(
        "audit.unreachable-import", "A user or role may use what its account imports.");

    internal static readonly ValidationRule EmptyRole = Warning("audit.empty-role", "A role lets its users publish or subscribe to something.");

    internal static readonly ValidationRule OpenExports = Warning(
        "audit.open-exports", "In an account with exports, nobody may publish and subscribe to everything.");

    /// <summary>The rules, sorted by name.</summary>
    public static IReadOnlyList<ValidationRule> All { get; } = ValidationRules.In(typeof(AuditRules));

    private static ValidationRule Warning(string name, string summary) => new(name, FindingSeverity.Warning, summary);

    private static ValidationRule Advice(string name, string summary) => new(name, FindingSeverity.Advice, summary);
}
