namespace NatsKeys.Rules;

/// <summary>The rules of good practice. A store that breaks them works all the same.</summary>
internal static class AuditRules
{
    internal static readonly ValidationRule NeverExpires = Advice(
        "audit.never-expires", "A user expires some day.", "Set-NatsUser -Expires gives it an end.");

    internal static readonly ValidationRule Bearer = Warning(
        "audit.bearer",
        "A user proves with its key who it is.",
        "Set-NatsUser -BearerToken:$false takes that off; for a role, Set-NatsSigningKey -BearerToken:$false.");

    internal static readonly ValidationRule FullWildcard = Warning(
        "audit.full-wildcard", "No permission allows '>'.",
        "Name the subjects that are needed with -AllowPublish and -AllowSubscribe of Set-NatsUser, Set-NatsSigningKey or Set-NatsAccount, and take "
            + "'>' off.");

    internal static readonly ValidationRule Unrestricted = Advice(
        "audit.unrestricted", "A user has permissions, by itself, by its role or by its account.",
        "Name the subjects that are needed with -AllowPublish and -AllowSubscribe of Set-NatsUser, Set-NatsSigningKey or Set-NatsAccount.");

    internal static readonly ValidationRule IdentitySigned = Advice(
        "audit.identity-signed",
        "What has signing keys signs nothing with its identity key.",
        "Sign it with a signing key: -SigningKey of Set-NatsUser or Set-NatsAccount.");

    internal static readonly ValidationRule IdentityKeyNearby = Advice(
        "audit.identity-key", "The private keys of operators and accounts lie somewhere else than the keys of every day.",
        "Save it with Export-NatsKeyPair, put it away and delete its file; what signs every day comes from Add-NatsSigningKey.");

    internal static readonly ValidationRule UnscopedKey = Advice(
        "audit.unscoped-key",
        "The signing keys of an account have roles.",
        "Add-NatsSigningKey -Role makes a key for each role, and Remove-NatsSigningKey takes this one off.");

    internal static readonly ValidationRule ActivationExpired = Warning(
        "audit.activation-expired",
        "The activation of an import has not expired.",
        "Get another one from the exporter (New-NatsActivation) and enter it with Set-NatsImport -Token.");

    internal static readonly ValidationRule OrphanedKey = Advice(
        "audit.orphaned-key",
        "Each private key in the key root is that of something in the store.",
        "Where no other store uses it, save it with Export-NatsKeyPair and delete its file.");

    internal static readonly ValidationRule OrphanedCredential = Warning(
        "audit.orphaned-credential",
        "Credentials in the key root are those of a user in the store.",
        "Revoke the key with Add-NatsRevocation where that was not done, and delete the file.");

    internal static readonly ValidationRule StaleCredential = Warning(
        "audit.stale-credential",
        "Credentials in the key root hold the token of their user, or a copy that ends earlier.",
        "Write them anew with Export-NatsCredential -Force, and hand them out.");

    internal static readonly ValidationRule UnknownClaim = Warning(
        "audit.unknown-claim",
        "Every claim is one that is known here.",
        "Spell it as servers know it and sign with Update-NatsStore; where a newer server knows it, it may stay.");

    internal static readonly ValidationRule InnerTail = Warning(
        "audit.inner-tail", "In a permission '>' stands at the end alone.",
        "Take it off with -RemoveAllowPublish, -RemoveAllowSubscribe and their like of Set-NatsUser, Set-NatsSigningKey or Set-NatsAccount, and "
            + "name a subject with '*' in the middle or '>' at its end.");

    internal static readonly ValidationRule UnfinishedRotation = Warning(
        "audit.unfinished-rotation",
        "The replacement of a key is finished.",
        "Run Update-NatsSigningKey or Update-NatsOperatorKey for it again: it signs what is still pending.");

    internal static readonly ValidationRule UnconfirmedRotation = Warning(
        "audit.unconfirmed-rotation", "All servers know the new signing key of the system account.",
        "Publish the system account with Publish-NatsAccount, which connects with the old key while servers know no other. Keep the seed of the "
            + "old key until then.");

    internal static readonly ValidationRule ExposedKeys = Warning(
        "audit.exposed-keys",
        "Nobody but its owner can read the key root, or put other keys in its place.",
        "Take the right away as the message says, and replace keys that others may have had with Update-NatsSigningKey -Compromised.");

    internal static readonly ValidationRule LookAlike = Warning(
        "audit.look-alike",
        "No name looks like another one beside it.",
        "Rename one of them with Rename-NatsOperator, Rename-NatsAccount or Rename-NatsUser; where nobody knows it, remove it.");

    /// <summary>The rules, sorted by name.</summary>
    public static IReadOnlyList<ValidationRule> All { get; } = ValidationRules.In(typeof(AuditRules));

    private static ValidationRule Warning(string name, string summary, string advice) =>
        new(name, FindingSeverity.Warning, summary) { Advice = advice };

    private static ValidationRule Advice(string name, string summary, string advice) =>
        new(name, FindingSeverity.Advice, summary) { Advice = advice };
}
