namespace NatsKeys.Rules;

/// <summary>The rules of good practice. A store that breaks them still works.</summary>
internal static class AuditRules
{
    internal static readonly ValidationRule NeverExpires = Advice(
        "audit.never-expires", "A user has an expiry.", "Set an expiry with Set-NatsUser -Expires.");

    internal static readonly ValidationRule Bearer = Warning(
        "audit.bearer",
        "A user proves its identity with its key.",
        "Turn bearer tokens off with Set-NatsUser -BearerToken:$false, or for a role with Set-NatsSigningKey -BearerToken:$false.");

    internal static readonly ValidationRule FullWildcard = Warning(
        "audit.full-wildcard", "No permission allows '>'.",
        "Allow only the needed subjects with Set-NatsUser, Set-NatsSigningKey or Set-NatsAccount (-AllowPublish, -AllowSubscribe), and remove "
            + "'>'.");

    internal static readonly ValidationRule Unrestricted = Advice(
        "audit.unrestricted", "A user has permissions: its own, its role's or its account's defaults.",
        "Allow only the needed subjects with Set-NatsUser, Set-NatsSigningKey or Set-NatsAccount (-AllowPublish, -AllowSubscribe).");

    internal static readonly ValidationRule IdentitySigned = Advice(
        "audit.identity-signed",
        "An operator or account with signing keys does not sign with its identity key.",
        "Sign the entity with a signing key: Set-NatsUser or Set-NatsAccount with -SigningKey.");

    internal static readonly ValidationRule IdentityKeyNearby = Advice(
        "audit.identity-key", "The identity keys of operators and accounts leave the key root within 30 days, and are kept offline.",
        "Save the key with Export-NatsKeyPair, store it offline, and remove it here with Remove-NatsKeyPair -Force. For daily use, create signing "
            + "keys with Add-NatsSigningKey.");

    internal static readonly ValidationRule UnscopedKey = Advice(
        "audit.unscoped-key",
        "The signing keys of an account have roles, except one for what no role covers.",
        "Create a key for each role with Add-NatsSigningKey -Role, and remove this one with Remove-NatsSigningKey.");

    internal static readonly ValidationRule ActivationExpired = Warning(
        "audit.activation-expired",
        "The activation of an import has not expired.",
        "Get a new activation from the exporter (New-NatsActivation) and set it with Set-NatsImport -Token.");

    internal static readonly ValidationRule OrphanedKey = Advice(
        "audit.orphaned-key",
        "Each private key in the key root belongs to the store.",
        "If no other store uses the key, remove it with Remove-NatsKeyPair.");

    internal static readonly ValidationRule OrphanedCredential = Warning(
        "audit.orphaned-credential",
        "Credentials in the key root belong to a user in the store.",
        "Revoke the key with Add-NatsRevocation if it is not revoked yet, and delete the file.");

    internal static readonly ValidationRule StaleCredential = Warning(
        "audit.stale-credential",
        "Credentials in the key root hold the current token of their user, or a copy that expires earlier.",
        "Export the credentials again with Export-NatsCredential -Force, and hand them out.");

    internal static readonly ValidationRule UnknownClaim = Warning(
        "audit.unknown-claim",
        "Every claim is known to this module.",
        "Correct the spelling and sign with Update-NatsStore. Keep the claim if newer servers know it.");

    internal static readonly ValidationRule InnerTail = Warning(
        "audit.inner-tail", "In a permission, '>' is only the last token.",
        "Remove the entry with Set-NatsUser, Set-NatsSigningKey or Set-NatsAccount (-RemoveAllowPublish, -RemoveAllowSubscribe and so on), and "
            + "add a subject with '*' in the middle or '>' at the end.");

    internal static readonly ValidationRule UnfinishedRotation = Warning(
        "audit.unfinished-rotation",
        "No key rotation is in progress.",
        "Run Update-NatsSigningKey or Update-NatsOperatorKey for the key again to finish the rotation.");

    internal static readonly ValidationRule UnconfirmedRotation = Warning(
        "audit.unconfirmed-rotation", "All servers know the new signing key of the system account.",
        "Publish the system account with Publish-NatsAccount. It connects with the old key while servers know no other. Keep the old key's seed "
            + "until then.");

    internal static readonly ValidationRule ExposedKeys = Warning(
        "audit.exposed-keys",
        "Only its owner can read or replace the key root.",
        "Restrict the access as the message says. Replace keys that others may have read with Update-NatsSigningKey -Compromised.");

    internal static readonly ValidationRule LookAlike = Warning(
        "audit.look-alike",
        "No name looks like the name of a sibling.",
        "Rename one of them with Rename-NatsOperator, Rename-NatsAccount or Rename-NatsUser. If nobody knows it, remove it.");

    /// <summary>The rules, sorted by name.</summary>
    public static IReadOnlyList<ValidationRule> All { get; } = ValidationRules.In(typeof(AuditRules));

    private static ValidationRule Warning(string name, string summary, string advice) =>
        new(name, FindingSeverity.Warning, summary) { Advice = advice };

    private static ValidationRule Advice(string name, string summary, string advice) =>
        new(name, FindingSeverity.Advice, summary) { Advice = advice };
}
