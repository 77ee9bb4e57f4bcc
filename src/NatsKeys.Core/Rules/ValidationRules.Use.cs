namespace NatsKeys.Rules;

/// <content>Claims that some servers accept but ignore or misread. The reference implementation has none of these rules.</content>
public static partial class ValidationRules
{
    // Claims that some servers refuse, by the rules of older releases of the jwt library.
    internal static readonly ValidationRule MappingWildcard = Error(
        "mapping.wildcard",
        "Servers before 2.9.22 refuse an account with wildcards in the target of a mapping.") with { Until = ServerFeature.MappingTargets };
    internal static readonly ValidationRule MappingAllClusters = Error(
        "mapping.all-clusters",
        "Servers before 2.10.24 add up the weights of a mapping over all clusters.") with { Until = ServerFeature.WeightsOfClusters };
    internal static readonly ValidationRule ImportsOverlapAccounts = Error(
        "imports.overlap-accounts",
        "Servers before 2.12.6 and 2.11.15 refuse an account that imports the same service subject from two accounts.")
        with { Until = ServerFeature.SameServiceFromSeveralAccounts };
    internal static readonly ValidationRule LimitTooLarge = Error(
        "limits.too-large",
        "Servers before 2.11.14 and 2.12.5 do not support limits above 2,147,483,647.") with { Until = ServerFeature.LargeLimits };

    // Mappings that servers drop.
    internal static readonly ValidationRule MappingTarget = Error("mapping.target", "Servers can transform the source of a mapping into its target.");
    internal static readonly ValidationRule MappingReference = Error(
        "mapping.reference", "The target of a mapping refers to wildcards that its source has.");
    internal static readonly ValidationRule MappingTwice = Error("mapping.twice", "A mapping lists each target once.");

    internal static readonly ValidationRule MappingInnerFunction = Warning("mapping.inner-function", "A mapping function is a whole subject token.");

    // Imports that servers drop.
    internal static readonly ValidationRule ImportTwice = Error("import.twice", "An account imports each stream of another account once.");
    internal static readonly ValidationRule ImportSubject = Error("import.subject", "The subjects of an import are valid.");
    internal static readonly ValidationRule ImportRename = Error(
        "import.rename", "Servers can transform the imported subject into the local subject.");
    internal static readonly ValidationRule ImportExporter = Error("import.exporter", "The exporting account exists, and servers accept it.");
    internal static readonly ValidationRule ImportNotExported = Error("import.not-exported", "The exporting account exports the imported subject.");
    internal static readonly ValidationRule ImportNotActivated = Error(
        "import.not-activated", "An import of a private export has an activation that the exporter still accepts.");
    internal static readonly ValidationRule ImportForeignKey = Error(
        "import.foreign-key", "An import has the importer's key in the subject where the export requires it.");
    internal static readonly ValidationRule ImportCircle = Error("import.circle", "Imports do not form a cycle.");

    // Exports, limits and templates that servers ignore in part.
    internal static readonly ValidationRule ExportLatencyUnused = Warning("export.latency-unused", "Servers can measure the latency of a service.");
    internal static readonly ValidationRule LimitNegative = Error("limits.negative", "A limit is zero or more, or -1 for unlimited.");
    internal static readonly ValidationRule LimitsNoConnections = Warning("limits.no-connections", "An account allows at least one connection.");
    internal static readonly ValidationRule LimitsTierUnknown = Warning("limits.tier-unknown", "A JetStream tier is R1 to R5.");
    internal static readonly ValidationRule ScopeTemplate = Error("scope.template", "The permissions in the template of a role are valid.");

    // Users that servers refuse, or admit with other rights than intended.
    internal static readonly ValidationRule TemplateEmpty = Warning(
        "connect.template-empty", "A user has the tags for at least one allowed subject of its role.");
    internal static readonly ValidationRule TimesNever = Error("user.times-never", "A time range does not have the same start and end.");
    internal static readonly ValidationRule ConnectionTypesNone = Error(
        "user.connection-types-none", "Servers know at least one of the connection types.");
    internal static readonly ValidationRule ConnectionTypeUnknown = Warning("user.connection-type", "Servers know each connection type.");

    // Texts.
    internal static readonly ValidationRule SubjectComma = Warning("subject.comma", "A subject is a single subject, not a list with commas.");
    internal static readonly ValidationRule SubjectPartialWildcard = Warning("subject.partial-wildcard", "A wildcard is a whole subject token.");
    internal static readonly ValidationRule SubjectCharacters = Error("subject.characters", "A subject has no white space.");
    internal static readonly ValidationRule TextInvisible = Warning("text.invisible", "Names, tags and subjects have no invisible characters.");
    internal static readonly ValidationRule TagComma = Warning("tag.comma", "A tag is a single tag, not a list with commas.");
    internal static readonly ValidationRule TagEmpty = Warning("tag.empty", "A tag is not empty.");
    internal static readonly ValidationRule PermissionPlaceholder = Warning(
        "permission.placeholder", "Placeholders appear only in the templates of roles.");

    // Keys.
    internal static readonly ValidationRule KeyOwn = Warning("key.own", "An identity key is not listed as a signing key.");
    internal static readonly ValidationRule KeyTwice = Warning("key.twice", "A signing key is listed once.");
    internal static readonly ValidationRule RevocationKey = Warning("revocation.key", "A revocation names a public key, or '*' for all users.");
    internal static readonly ValidationRule KeyShared = Warning("key.shared", "A key belongs to one entity.");

    // Times.
    internal static readonly ValidationRule TimeOrder = Error("time.order", "A token expires after it becomes valid.");
    internal static readonly ValidationRule TimeRange = Error("time.range", "An expiry is within the range that servers support.");
    internal static readonly ValidationRule IssuedInFuture = Warning("time.issued-future", "The issue time of a token is not in the future.");
    internal static readonly ValidationRule RevokedInFuture = Warning("time.revoked-future", "The time of a revocation is not in the future.");

    internal static readonly ValidationRule RevokedBefore = new(
        "time.revoked-before", FindingSeverity.Advice, "A revocation covers the current token of the user that it names.");

    // The system account.
    internal static readonly ValidationRule SystemJetStream = Error("system.jetstream", "The system account does not have JetStream.");
    internal static readonly ValidationRule SystemMissing = Warning("system.missing", "The system account of an operator is one of its accounts.");

    // Claims that older servers do not know, or handle differently.
    internal static readonly ValidationRule FeatureAuthCallout = Feature(
        "feature.auth-callout",
        "Servers before 2.10.0 ignore the authorization callout and let users in without it.",
        ServerFeature.AuthCallout);
    internal static readonly ValidationRule FeatureTrace = Feature(
        "feature.trace", "Servers before 2.11.0 do not trace messages.", ServerFeature.MessageTracing);
    internal static readonly ValidationRule FeatureClusterTraffic = Feature(
        "feature.cluster-traffic", "Servers before 2.11.0 ignore the cluster traffic setting.", ServerFeature.ClusterTraffic);
    internal static readonly ValidationRule FeatureProxy = Feature(
        "feature.proxy",
        "Servers before 2.12.0 do not require a trusted proxy.",
        ServerFeature.TrustedProxies) with { OlderSeverity = FindingSeverity.Warning };
    internal static readonly ValidationRule RoleConnectionTypes =
        Feature(
            "feature.role-connection-types",
            "Servers before 2.10.19 do not enforce the connection types of a role.",
            ServerFeature.RoleConnectionTypes) with { OlderSeverity = FindingSeverity.Warning };
    internal static readonly ValidationRule InnerPlaceholder =
        Feature(
            "feature.inner-placeholder",
            "Servers before 2.11.0 expand a placeholder only if it is a whole token.",
            ServerFeature.PlaceholdersInsideTokens) with { OlderSeverity = FindingSeverity.Warning };
    internal static readonly ValidationRule TimesOverMidnight =
        Feature(
            "feature.hours-over-midnight",
            "Servers before 2.11.17 and 2.12.8 refuse connections after midnight if a time range crosses midnight.",
            ServerFeature.HoursOverMidnight) with { OlderSeverity = FindingSeverity.Warning };
    internal static readonly ValidationRule LeakingDeny =
        Feature(
            "feature.leaking-deny",
            "Servers before 2.12.14 and 2.14.4 deliver a denied subject to subscriptions with wildcards that match only a part of it.",
            ServerFeature.CheckedPermissions) with { OlderSeverity = FindingSeverity.Warning };

    internal static readonly ValidationRule OperatorVersionUnknown = Warning(
        "operator.version-unknown", "The server version that an operator asserts has been released.");
    internal static readonly ValidationRule OperatorVersionOlder = Error(
        "operator.version-older", "Servers are not older than the version that their operator asserts.");

    private static ValidationRule Feature(string name, string summary, ServerFeature feature) =>
        Error(name, summary) with { Until = feature, OlderSeverity = FindingSeverity.Advice };
}
