namespace NatsKeys.Rules;

/// <content>What servers take, or some of them, and do not use as it is meant. The reference knows none of these rules.</content>
public static partial class ValidationRules
{
    // What some servers refuse: the rules of older releases of the jwt library.
    internal static readonly ValidationRule MappingWildcard = Error(
        "mapping.wildcard", "Servers before 2.9.22 refuse an account with wildcards in the target of a mapping.",
        "Name the wildcards of the source as $1, $2 in the target: Remove-NatsSubjectMapping, then "
            + "Add-NatsSubjectMapping.") with { Until = ServerFeature.MappingTargets };
    internal static readonly ValidationRule MappingAllClusters = Error(
        "mapping.all-clusters", "Servers before 2.10.24 add up the weights of a mapping over all clusters.",
        "Let the weights of all clusters add up to 100 at most (Add-NatsSubjectMapping -Weight), or assert the version of the servers with "
            + "Set-NatsOperator -AssertServerVersion.") with { Until = ServerFeature.WeightsOfClusters };
    internal static readonly ValidationRule ImportsOverlapAccounts = Error(
        "imports.overlap-accounts", "Servers before 2.12.6 and 2.11.15 refuse an account that imports services of one subject from two accounts.",
        "Give one of them a subject of its own with Set-NatsImport -LocalSubject, or assert the version of the servers with Set-NatsOperator "
            + "-AssertServerVersion.") with { Until = ServerFeature.SameServiceFromSeveralAccounts };
    internal static readonly ValidationRule LimitTooLarge = Error(
        "limits.too-large", "Servers before 2.11.14 and 2.12.5 cannot hold limits above 2,147,483,647.",
        "Take the limit off, or lower it, with Set-NatsAccount or Set-NatsUser.") with { Until = ServerFeature.LargeLimits };

    // Mappings that are dropped.
    internal static readonly ValidationRule MappingTarget = Error(
        "mapping.target",
        "Servers can make the target of a mapping of its source.",
        "Take it off with Remove-NatsSubjectMapping, and enter it anew with Add-NatsSubjectMapping.");
    internal static readonly ValidationRule MappingReference = Error(
        "mapping.reference",
        "The target of a mapping refers to wildcards that its source has.",
        "Take it off with Remove-NatsSubjectMapping, and enter it anew with Add-NatsSubjectMapping.");
    internal static readonly ValidationRule MappingTwice = Error(
        "mapping.twice",
        "A mapping has each target once.",
        "Take one of them off: Remove-NatsSubjectMapping -To, with -Cluster for that of a cluster.");

    internal static readonly ValidationRule MappingInnerFunction = Warning(
        "mapping.inner-function",
        "A function of a mapping is a whole token.",
        "Take it off with Remove-NatsSubjectMapping, and enter it anew with Add-NatsSubjectMapping.");

    // Imports that are dropped.
    internal static readonly ValidationRule ImportTwice = Error(
        "import.twice", "An account imports each stream of another one once.", "Take one of the imports off with Remove-NatsImport.");
    internal static readonly ValidationRule ImportSubject = Error(
        "import.subject", "An import has subjects that servers take.", "Take it off with Remove-NatsImport, and enter it anew with Add-NatsImport.");
    internal static readonly ValidationRule ImportRename = Error(
        "import.rename",
        "Servers can make the local subject of an import of the imported one.",
        "Give it another local subject with Set-NatsImport -LocalSubject.");
    internal static readonly ValidationRule ImportExporter = Error(
        "import.exporter",
        "The exporting account is one that servers have and take.",
        "Take the import off with Remove-NatsImport, or bring the account back.");
    internal static readonly ValidationRule ImportNotExported = Error(
        "import.not-exported",
        "The exporter exports what is imported.",
        "Take the import off with Remove-NatsImport, or have it exported: Add-NatsExport.");
    internal static readonly ValidationRule ImportNotActivated = Error(
        "import.not-activated", "A private export is imported with an activation that the exporter still accepts.",
        "Get another one from the exporter (New-NatsActivation) and enter it with Set-NatsImport -Token.");
    internal static readonly ValidationRule ImportForeignKey = Error(
        "import.foreign-key",
        "Where the exporter wants the importer's key in the subject, it stands there.",
        "Take it off with Remove-NatsImport, and enter it anew with Add-NatsImport.");
    internal static readonly ValidationRule ImportCircle = Error(
        "import.circle",
        "Imports of accounts form no circle.",
        "Take one of the imports of the circle off with Remove-NatsImport, or give it another subject.");

    // Exports, limits and templates of which servers leave something out.
    internal static readonly ValidationRule ExportLatencyUnused = Warning(
        "export.latency-unused",
        "The latency of a service can be measured.",
        "Name another subject with Set-NatsExport -LatencySubject, or export the service with one answer.");
    internal static readonly ValidationRule LimitNegative = Error(
        "limits.negative", "A limit is not negative, but for -1, which is none.", "Set-NatsAccount or Set-NatsUser sets the limit.");
    internal static readonly ValidationRule LimitsNoConnections = Warning(
        "limits.no-connections", "An account has room for a connection.", "Raise the limit with Set-NatsAccount -MaxConnections.");
    internal static readonly ValidationRule LimitsTierUnknown = Warning(
        "limits.tier-unknown", "A JetStream tier is R1 to R5.", "Remove-NatsJetStreamLimit -Tier takes it off.");
    internal static readonly ValidationRule ScopeTemplate = Error(
        "scope.template",
        "The template of a role keeps the rules of permissions.",
        "Correct it with Set-NatsSigningKey, whose -RemoveAllowPublish and their like take entries off.");

    // Users of which servers let nobody in, or not as it is meant.
    internal static readonly ValidationRule TemplateEmpty = Warning(
        "connect.template-empty",
        "A user has what at least one allowed subject of its role needs.",
        "Give the user the tag that the template names with Set-NatsUser -AddTag.");
    internal static readonly ValidationRule TimesNever = Error(
        "user.times-never",
        "A range of allowed hours does not end when it begins.",
        "Set the hours anew with Set-NatsUser, or for a role with Set-NatsSigningKey.");
    internal static readonly ValidationRule ConnectionTypesNone = Error(
        "user.connection-types-none",
        "One of the connection types is known to servers.",
        "Set-NatsUser -ConnectionType names others; for a role, Set-NatsSigningKey.");
    internal static readonly ValidationRule ConnectionTypeUnknown = Warning(
        "user.connection-type",
        "A connection type is one that servers know.",
        "Set-NatsUser -ConnectionType names others; for a role, Set-NatsSigningKey.");

    // Texts.
    internal static readonly ValidationRule SubjectComma = Warning(
        "subject.comma",
        "A subject is one subject.",
        "Take it off with Set-NatsUser, Set-NatsSigningKey or Set-NatsAccount, and give several as separate items.");
    internal static readonly ValidationRule SubjectPartialWildcard = Warning(
        "subject.partial-wildcard",
        "A wildcard is a whole token.",
        "Take it off with Set-NatsUser, Set-NatsSigningKey or Set-NatsAccount, and name a subject with whole tokens.");
    internal static readonly ValidationRule SubjectCharacters = Error(
        "subject.characters",
        "A subject has no white space.",
        "Take it off with Set-NatsUser, Set-NatsSigningKey or Set-NatsAccount, or correct the file and sign it with Update-NatsStore.");
    internal static readonly ValidationRule TextInvisible = Warning(
        "text.invisible",
        "Names, labels and subjects have no characters that nobody sees.",
        "Write it anew, by hand, and sign it with Update-NatsStore; Rename-NatsUser and its like change names.");
    internal static readonly ValidationRule TagComma = Warning(
        "tag.comma",
        "A label is one label.",
        "Set-NatsUser -RemoveTag takes it off, and -AddTag adds several as separate items; so do Set-NatsAccount and Set-NatsOperator.");
    internal static readonly ValidationRule TagEmpty = Warning(
        "tag.empty", "A label is not empty.", "Take it out of the file, and sign it with Update-NatsStore.");
    internal static readonly ValidationRule PermissionPlaceholder = Warning(
        "permission.placeholder",
        "Placeholders stand in the templates of roles alone.",
        "Make a role with Add-NatsSigningKey -Role, and sign the user with it: Set-NatsUser -SigningKey.");

    // Keys.
    internal static readonly ValidationRule KeyOwn = Warning(
        "key.own", "An identity key is none of its signing keys.", "Remove-NatsSigningKey takes it off the list.");
    internal static readonly ValidationRule KeyTwice = Warning(
        "key.twice", "A signing key stands once in the list.", "Take one of the entries out of the file, and sign it with Update-NatsStore.");
    internal static readonly ValidationRule RevocationKey = Warning(
        "revocation.key",
        "A revocation names a public key, or everybody.",
        "Take it out of the file and sign it with Update-NatsStore, and revoke whom it meant with Add-NatsRevocation.");
    internal static readonly ValidationRule KeyShared = Warning(
        "key.shared", "A key serves one entity.", "Give each its own: Update-NatsSigningKey replaces a key and signs again what it signed.");

    // Times.
    internal static readonly ValidationRule TimeOrder = Error(
        "time.order",
        "A token expires after it becomes valid.",
        "Move the times with -Expires and -NotBefore of Set-NatsUser, Set-NatsAccount or Set-NatsOperator.");
    internal static readonly ValidationRule TimeRange = Error(
        "time.range",
        "An expiry is a time to which servers can count.",
        "Set another one, or none, with -Expires of Set-NatsUser, Set-NatsAccount or Set-NatsOperator.");
    internal static readonly ValidationRule IssuedInFuture = Warning(
        "time.issued-future",
        "A token was not issued in the future.",
        "Set the clock right, and sign it again: Set-NatsUser, Set-NatsAccount or Set-NatsOperator with -SigningKey.");
    internal static readonly ValidationRule RevokedInFuture = Warning(
        "time.revoked-future",
        "A revocation does not reach into the future.",
        "Remove-NatsRevocation takes it back, and Add-NatsRevocation enters one of now.");

    internal static readonly ValidationRule RevokedBefore = new(
        "time.revoked-before", FindingSeverity.Advice, "A revocation reaches the token of the user that it names.")
    {
        Advice = "Where the user shall stay out, Add-NatsRevocation revokes it anew; where it shall not, Remove-NatsRevocation takes the old one "
            + "away.",
    };

    // The system account.
    internal static readonly ValidationRule SystemJetStream = Error(
        "system.jetstream",
        "The system account has no JetStream.",
        "Remove-NatsJetStreamLimit turns it off; or name another system account with Set-NatsOperator -SystemAccount.");
    internal static readonly ValidationRule SystemMissing = Warning(
        "system.missing",
        "The system account of an operator is one of its accounts.",
        "Bring it back, or name another one with Set-NatsOperator -SystemAccount.");

    // What older servers do not know, or do otherwise.
    internal static readonly ValidationRule FeatureAuthCallout = Feature(
        "feature.auth-callout",
        "Servers before 2.10.0 know no authorization callout: they let in users as if there were none.",
        ServerFeature.AuthCallout);
    internal static readonly ValidationRule FeatureTrace = Feature(
        "feature.trace", "Servers before 2.11.0 do not trace messages.", ServerFeature.MessageTracing);
    internal static readonly ValidationRule FeatureClusterTraffic = Feature(
        "feature.cluster-traffic", "Servers before 2.11.0 do not know who carries traffic between them.", ServerFeature.ClusterTraffic);
    internal static readonly ValidationRule FeatureProxy = Feature(
        "feature.proxy",
        "Servers before 2.12.0 do not demand a trusted proxy.",
        ServerFeature.TrustedProxies) with { OlderSeverity = FindingSeverity.Warning };
    internal static readonly ValidationRule RoleConnectionTypes =
        Feature(
            "feature.role-connection-types",
            "Servers before 2.10.19 do not hold the users of a role to its connection types.",
            ServerFeature.RoleConnectionTypes) with { OlderSeverity = FindingSeverity.Warning };
    internal static readonly ValidationRule InnerPlaceholder =
        Feature(
            "feature.inner-placeholder",
            "Servers before 2.11.0 do not expand placeholders that are a part of a token.",
            ServerFeature.PlaceholdersInsideTokens) with { OlderSeverity = FindingSeverity.Warning };
    internal static readonly ValidationRule TimesOverMidnight =
        Feature(
            "feature.hours-over-midnight",
            "Servers before 2.11.17 and 2.12.8 refuse connections after midnight where allowed hours go over it.",
            ServerFeature.HoursOverMidnight) with { OlderSeverity = FindingSeverity.Warning };

    internal static readonly ValidationRule OperatorVersionUnknown = Warning(
        "operator.version-unknown",
        "There are servers of the version that an operator asserts.",
        "Set-NatsOperator -AssertServerVersion asserts another one.");
    internal static readonly ValidationRule OperatorVersionOlder = Error(
        "operator.version-older",
        "Servers are not older than the version that their operator asserts.",
        "Take newer servers, or assert an older version with Set-NatsOperator -AssertServerVersion.");

    private static ValidationRule Feature(string name, string summary, ServerFeature feature) =>
        Error(
            name,
            summary,
            "Say with Set-NatsOperator -AssertServerVersion which servers there are, or do "
                + "without.") with { Until = feature, OlderSeverity = FindingSeverity.Advice };
}
