using NatsKeys.Inspection;

namespace NatsKeys.Errors;

/// <summary>Advice for findings. The libraries name only the broken rule; this class names the cmdlets that correct it.</summary>
internal static class RuleAdvice
{
    private static readonly (string Advice, string[] Rules)[] Table =
    [
        (
            "Restore the file from version control, or delete its 'jwt' and sign it with Update-NatsStore.",
            ["token.header", "token.issuer", "token.malformed", "token.signature", "token.too-large", "token.unsupported"]),
        ("Remove claims that are not needed. Remove-NatsRevocation -Stale prunes revocations that a revocation of all users covers.", ["token.long"]),
        (
            "Sign the user with a role (Set-NatsUser -SigningKey), give it fewer permissions, or raise max_control_line on the servers.",
            ["connect.control-line"]),
        ("Have the change reviewed. Get-NatsAccess lists who can access a subject, and how.", ["access.changed", "access.granted"]),
        ("Make sure that nobody needs it any more. Get-NatsConnection shows who is connected.", ["access.taken"]),
        ("Sign it with Update-NatsStore.", ["entity.unsigned"]),
        ("Sign the edit with Update-NatsStore, or revert it.", ["entity.modified"]),
        ("Correct the name in the file and sign it with Update-NatsStore. The Rename- cmdlets change both the name and the file.", ["entity.name"]),
        ("Correct the file, or restore it from version control.", ["store.unreadable"]),
        ("Delete the copied file. Create a new entity with New-NatsUser or New-NatsAccount instead.", ["store.subject"]),
        ("Extend the expiry with Set-NatsUser, Set-NatsAccount or Set-NatsOperator -Expires.", ["time.expires-soon"]),
        (
            "Get a new activation from the exporter (New-NatsActivation) and set it with Set-NatsImport -Token.",
            ["audit.activation-expired", "import.not-activated", "time.activation-expires-soon"]),
        ("Sign the entity with a listed key: Set-NatsUser or Set-NatsAccount with -SigningKey.", ["trust.issuer"]),
        ("Sign the user again with Set-NatsUser -SigningKey, or move its file to the account that the token names.", ["trust.issuer-account"]),
        ("Sign the user with the role again: Set-NatsUser -SigningKey.", ["trust.scope"]),
        ("Remove the user with Remove-NatsUser, or lift the revocation with Remove-NatsRevocation.", ["trust.revoked"]),
        (
            "Turn bearer tokens off with Set-NatsUser -BearerToken:$false, or for a role with Set-NatsSigningKey -BearerToken:$false.",
            ["audit.bearer", "trust.bearer"]),
        ("Extend the expiry with Set-NatsUser, Set-NatsAccount or Set-NatsOperator -Expires, or remove the entity.", ["time.expired"]),
        ("Wait, or set an earlier start with Set-NatsUser, Set-NatsAccount or Set-NatsOperator -NotBefore.", ["time.not-yet"]),
        (
            "Correct the claim in the file, and sign the file with Update-NatsStore.",
            [
                "account.cluster-traffic", "account.exports-limit", "account.imports-limit", "account.self-signed-limits", "account.signing-key",
                "account.wildcard-exports", "activation.kind", "authorization.account-key", "authorization.accounts-without-users",
                "authorization.any-mixed", "authorization.user-key", "authorization.xkey", "authreq.user-key", "authreq.user-missing",
                "authresp.audience", "authresp.both", "authresp.empty", "authresp.subject", "export.allow-trace", "export.latency-not-service",
                "export.latency-sampling", "export.latency-wildcard", "export.null", "export.response-type-service", "export.response-type-stream",
                "export.threshold-negative", "export.threshold-not-service", "export.token-position-no-wildcard", "export.token-position-range",
                "export.token-position-token", "export.type", "exports.overlap", "import.account-missing", "import.allow-trace", "import.null",
                "import.share", "import.to-and-local", "import.to-deprecated", "import.token-exporter", "import.token-importer",
                "import.token-invalid", "import.token-kind", "import.token-subject", "import.type", "imports.overlap", "info.description-length",
                "info.url", "info.url-length", "issuer-account", "key.account", "limits.jetstream-exclusive", "limits.tier-blank",
                "mapping.cluster-total", "mapping.total", "mapping.weight", "operator.account-server-url", "operator.service-url",
                "operator.signing-key", "operator.version", "permission.queue", "permission.spaces", "rename.count", "rename.reference",
                "rename.tail", "subject.double-dot", "subject.edge-dot", "subject.empty", "subject.space", "trace.destination", "trace.sampling",
                "trace.wildcard", "user.locale", "user.src", "user.time-end", "user.time-end-missing", "user.time-start", "user.time-start-missing",
            ]),
        (
            "Refer to the wildcards of the source as $1 and $2 in the target. Remove the mapping with Remove-NatsSubjectMapping and add it again "
                + "with Add-NatsSubjectMapping.",
            ["mapping.wildcard"]),
        (
            "Lower the weights so that all clusters together add up to at most 100 (Add-NatsSubjectMapping -Weight), or assert a newer server "
                + "version with Set-NatsOperator -AssertServerVersion.",
            ["mapping.all-clusters"]),
        (
            "Give one of the imports another local subject with Set-NatsImport -LocalSubject, or assert a newer server version with "
                + "Set-NatsOperator -AssertServerVersion.",
            ["imports.overlap-accounts"]),
        ("Lower or remove the limit with Set-NatsAccount or Set-NatsUser.", ["limits.too-large"]),
        (
            "Remove the mapping with Remove-NatsSubjectMapping, and add it again with Add-NatsSubjectMapping.",
            ["mapping.inner-function", "mapping.reference", "mapping.target"]),
        ("Remove one of the targets with Remove-NatsSubjectMapping -To. Use -Cluster to select the target of a cluster.", ["mapping.twice"]),
        ("Remove one of the imports with Remove-NatsImport.", ["import.twice"]),
        ("Remove the import with Remove-NatsImport, and add it again with Add-NatsImport.", ["import.foreign-key", "import.subject"]),
        ("Set another local subject with Set-NatsImport -LocalSubject.", ["import.rename"]),
        ("Remove the import with Remove-NatsImport, or restore or correct the exporting account.", ["import.exporter"]),
        ("Remove the import with Remove-NatsImport, or add the export with Add-NatsExport.", ["import.not-exported"]),
        ("Remove one of the imports of the cycle with Remove-NatsImport, or give it another subject.", ["import.circle"]),
        ("Set another subject with Set-NatsExport -LatencySubject, or use the response type Singleton.", ["export.latency-unused"]),
        ("Set the limit with Set-NatsAccount or Set-NatsUser.", ["limits.negative"]),
        ("Raise the limit with Set-NatsAccount -MaxConnections.", ["limits.no-connections"]),
        ("Remove the tier with Remove-NatsJetStreamLimit -Tier.", ["limits.tier-unknown"]),
        ("Correct the template with Set-NatsSigningKey. Its -RemoveAllowPublish and similar parameters remove entries.", ["scope.template"]),
        ("Add the tag that the template uses with Set-NatsUser -AddTag.", ["connect.template-empty"]),
        ("Set other times with Set-NatsUser, or for a role with Set-NatsSigningKey.", ["user.times-never"]),
        (
            "Set other types with Set-NatsUser -ConnectionType, or for a role with Set-NatsSigningKey -ConnectionType.",
            ["user.connection-type", "user.connection-types-none"]),
        ("Remove it with Set-NatsUser, Set-NatsSigningKey or Set-NatsAccount, and add several subjects as separate items.", ["subject.comma"]),
        (
            "Remove it with Set-NatsUser, Set-NatsSigningKey or Set-NatsAccount, and add a subject whose wildcards are whole tokens.",
            ["subject.partial-wildcard"]),
        (
            "Remove it with Set-NatsUser, Set-NatsSigningKey or Set-NatsAccount, or correct the file and sign it with Update-NatsStore.",
            ["subject.characters"]),
        ("Retype the text in the file and sign it with Update-NatsStore. To change a name, use the Rename- cmdlets.", ["text.invisible"]),
        (
            "Remove it with Set-NatsUser, Set-NatsAccount or Set-NatsOperator -RemoveTag, and add several tags as separate items with -AddTag.",
            ["tag.comma"]),
        ("Remove it from the file, and sign the file with Update-NatsStore.", ["tag.empty"]),
        ("Create a role with Add-NatsSigningKey -Role, and sign the user with it: Set-NatsUser -SigningKey.", ["permission.placeholder"]),
        ("Remove it from the list with Remove-NatsSigningKey.", ["key.own"]),
        ("Remove one of the entries from the file, and sign the file with Update-NatsStore.", ["key.twice"]),
        (
            "Remove the entry from the file and sign the file with Update-NatsStore. Then revoke the right key with Add-NatsRevocation.",
            ["revocation.key"]),
        ("Give each entity its own key. Update-NatsSigningKey replaces a key and signs again what it signed.", ["key.shared"]),
        ("Correct the times with Set-NatsUser, Set-NatsAccount or Set-NatsOperator -Expires and -NotBefore.", ["time.order"]),
        ("Set another expiry, or none, with Set-NatsUser, Set-NatsAccount or Set-NatsOperator -Expires.", ["time.range"]),
        ("Correct the clock, and sign again: Set-NatsUser, Set-NatsAccount or Set-NatsOperator with -SigningKey.", ["time.issued-future"]),
        ("Remove the revocation with Remove-NatsRevocation, and revoke again as of now with Add-NatsRevocation.", ["time.revoked-future"]),
        (
            "To keep the user out, revoke it again with Add-NatsRevocation. To let it in, remove the old revocation with Remove-NatsRevocation.",
            ["time.revoked-before"]),
        (
            "Turn JetStream off with Remove-NatsJetStreamLimit, or set another system account with Set-NatsOperator -SystemAccount.",
            ["system.jetstream"]),
        ("Restore the account, or set another system account with Set-NatsOperator -SystemAccount.", ["system.missing"]),
        (
            "If all servers are newer, assert their version with Set-NatsOperator -AssertServerVersion. Otherwise, do not use the feature.",
            [
                "feature.auth-callout", "feature.cluster-traffic", "feature.hours-over-midnight", "feature.inner-placeholder", "feature.proxy",
                "feature.role-connection-types", "feature.trace",
            ]),
        (
            "Allow the needed subjects instead of denying the others, with Set-NatsUser, Set-NatsSigningKey or Set-NatsAccount -AllowSubscribe. If "
                + "all servers are newer, assert their version with Set-NatsOperator -AssertServerVersion.",
            ["feature.leaking-deny"]),
        ("Assert a released version with Set-NatsOperator -AssertServerVersion.", ["operator.version-unknown"]),
        ("Upgrade the servers, or assert an older version with Set-NatsOperator -AssertServerVersion.", ["operator.version-older"]),
        ("Set an expiry with Set-NatsUser -Expires.", ["audit.never-expires"]),
        (
            "Allow only the needed subjects with Set-NatsUser, Set-NatsSigningKey or Set-NatsAccount (-AllowPublish, -AllowSubscribe), and "
                + "remove '>'.",
            ["audit.full-wildcard"]),
        (
            "Allow only the needed subjects with Set-NatsUser, Set-NatsSigningKey or Set-NatsAccount (-AllowPublish, -AllowSubscribe).",
            ["audit.unrestricted"]),
        ("Sign the entity with a signing key: Set-NatsUser or Set-NatsAccount with -SigningKey.", ["audit.identity-signed"]),
        (
            "Save the key with Export-NatsKeyPair, store it offline, and remove it here with Remove-NatsKeyPair -Force. For daily use, create "
                + "signing keys with Add-NatsSigningKey.",
            ["audit.identity-key"]),
        ("Create a key for each role with Add-NatsSigningKey -Role, and remove this one with Remove-NatsSigningKey.", ["audit.unscoped-key"]),
        ("If no other store uses the key, remove it with Remove-NatsKeyPair.", ["audit.orphaned-key"]),
        ("Revoke the key with Add-NatsRevocation if it is not revoked yet, and delete the file.", ["audit.orphaned-credential"]),
        ("Export the credentials again with Export-NatsCredential -Force, and distribute them.", ["audit.stale-credential"]),
        ("Correct the spelling and sign with Update-NatsStore. Keep the claim if newer servers know it.", ["audit.unknown-claim"]),
        (
            "Remove the entry with Set-NatsUser, Set-NatsSigningKey or Set-NatsAccount (-RemoveAllowPublish, -RemoveAllowSubscribe and so on), "
                + "and add a subject with '*' in the middle or '>' at the end.",
            ["audit.inner-tail"]),
        ("Run Update-NatsSigningKey or Update-NatsOperatorKey for the key again to finish the rotation.", ["audit.unfinished-rotation"]),
        (
            "Publish the system account with Publish-NatsAccount. It connects with the old key while servers know no other. Keep the old key's "
                + "seed until then.",
            ["audit.unconfirmed-rotation"]),
        (
            "Restrict the access as the message says. Replace keys that others may have read with Update-NatsSigningKey -Compromised.",
            ["audit.exposed-keys"]),
        ("Rename one of them with Rename-NatsOperator, Rename-NatsAccount or Rename-NatsUser. If nobody knows it, remove it.", ["audit.look-alike"]),
        (
            "If nobody needs the export, remove it with Remove-NatsExport. Otherwise, add the import with Add-NatsImport, or allow the subject with "
                + "Set-NatsSigningKey or Set-NatsUser.",
            ["audit.unreachable-export"]),
        (
            "If nobody needs the import, remove it with Remove-NatsImport. Otherwise, allow the subject with Set-NatsSigningKey or Set-NatsUser.",
            ["audit.unreachable-import"]),
        (
            "Correct what the role allows and denies with Set-NatsSigningKey, or remove the role with Remove-NatsSigningKey.",
            ["audit.empty-role"]),
        (
            "Give each user a role or permissions with the subjects that it needs (Add-NatsSigningKey -Role, or Set-NatsUser -AllowPublish and "
                + "-AllowSubscribe), or set default permissions with Set-NatsAccount.",
            ["audit.open-exports"]),
        (
            "Add the tags that the template of the user's role uses with Set-NatsUser -AddTag, or correct the template with Set-NatsSigningKey.",
            ["connect.template", "connect.template-crash"]),
    ];

    private static readonly Dictionary<string, string> ByRule = Table
        .SelectMany(entry => entry.Rules.Select(rule => (Rule: rule, entry.Advice)))
        .ToDictionary(entry => entry.Rule, entry => entry.Advice, StringComparer.Ordinal);

    /// <summary>The names of the rules that have advice.</summary>
    public static IReadOnlyCollection<string> Rules => ByRule.Keys;

    /// <summary>Returns the advice for a rule; null if there is no such rule.</summary>
    /// <param name="rule">The name of the rule.</param>
    public static string? For(string rule) => ByRule.GetValueOrDefault(rule);

    /// <summary>Adds the advice for its rule to a finding.</summary>
    /// <param name="finding">The finding, as the libraries return it.</param>
    public static StoreFinding AddTo(StoreFinding finding) => finding with { Advice = For(finding.Rule) };
}
