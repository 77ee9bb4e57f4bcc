using System.Reflection;

namespace NatsKeys.Rules;

/// <summary>The validation rules. A finding refers to a rule by its name.</summary>
public static partial class ValidationRules
{
    // Tokens themselves, as checked by the reader.
    internal static readonly ValidationRule TokenMalformed = Error(
        "token.malformed", "A token is three base64url segments of JSON, with members of the right types.");
    internal static readonly ValidationRule TokenTooLarge = Error("token.too-large", "A token has at most 1,048,576 characters.");
    internal static readonly ValidationRule TokenLong = Warning("token.long", "A token is well below the maximum length that servers read.");
    internal static readonly ValidationRule ControlLine = Error(
        "connect.control-line", "A user token fits into the control line, which is 4096 bytes by default.");
    internal static readonly ValidationRule TokenHeader = Error(
        "token.header", "The header has type JWT and the NATS algorithm of the claims' version.");
    internal static readonly ValidationRule TokenUnsupported = Error(
        "token.unsupported", "Claims are of version 1 or 2 and of a supported kind.");
    internal static readonly ValidationRule TokenSignature = Error("token.signature", "The signature verifies with the issuer's key.");
    internal static readonly ValidationRule TokenIssuer = Error("token.issuer", "The issuer's key type may issue tokens of this kind.");

    // Tokens and their parents.
    internal static readonly ValidationRule TrustIssuer = Error(
        "trust.issuer", "The issuer is the parent's identity key or one of its signing keys.");
    internal static readonly ValidationRule TrustIssuerAccount = Error(
        "trust.issuer-account", "A user's token names the account that the user belongs to.");
    internal static readonly ValidationRule TrustScope = Error(
        "trust.scope", "A user signed with a scoped signing key has no permissions and limits of its own.");
    internal static readonly ValidationRule TrustRevoked = Error("trust.revoked", "The user is not revoked.");
    internal static readonly ValidationRule TrustBearer = Error("trust.bearer", "An account that disallows bearer tokens has no bearer users.");

    // Every kind.
    internal static readonly ValidationRule Expired = Time("time.expired", "The token has not expired.");
    internal static readonly ValidationRule NotYet = Time("time.not-yet", "The token is already valid.");

    // Subjects and keys.
    internal static readonly ValidationRule SubjectEmpty = Error("subject.empty", "A subject is not empty.");
    internal static readonly ValidationRule SubjectSpace = Error("subject.space", "A subject has no spaces.");
    internal static readonly ValidationRule SubjectEdgeDot = Error(
        "subject.edge-dot", "A subject neither begins nor ends with a dot.") with { Since = ServerFeature.SubjectDots };
    internal static readonly ValidationRule SubjectDoubleDot = Error(
        "subject.double-dot", "A subject does not have two dots in a row.") with { Since = ServerFeature.SubjectDots };
    internal static readonly ValidationRule PermissionQueue = Error("permission.queue", "A publish permission names no queue.");
    internal static readonly ValidationRule PermissionSpaces = Error(
        "permission.spaces", "A permission is a subject. For subscriptions, a space and one queue may follow.");
    internal static readonly ValidationRule RenameTail = Error("rename.tail", "Either both subjects of an import end with '>', or neither.");
    internal static readonly ValidationRule RenameReference = Error("rename.reference", "A reference such as $1 points to an existing wildcard.");
    internal static readonly ValidationRule RenameCount = Error(
        "rename.count", "The local subject has as many wildcards and references as the imported subject has wildcards.");
    internal static readonly ValidationRule KeyAccount = Error("key.account", "The key is an account's public key.");
    internal static readonly ValidationRule IssuerAccount = Error("issuer-account", "The issuer account is an account's public key.");

    // Operators.
    internal static readonly ValidationRule OperatorAccountServerUrl = Error(
        "operator.account-server-url", "The account server is a URL with a scheme.");
    internal static readonly ValidationRule OperatorServiceUrl = Error(
        "operator.service-url", "A service URL has the scheme nats, tls, ws or wss, no user and no path.");
    internal static readonly ValidationRule OperatorSigningKey = Error(
        "operator.signing-key", "A signing key of an operator is an operator's public key.");
    internal static readonly ValidationRule OperatorVersion = Error("operator.version", "The asserted server version is three numbers with dots.");

    // Accounts.
    internal static readonly ValidationRule AccountImportsLimit = Error("account.imports-limit", "An account has no more imports than its limit.");
    internal static readonly ValidationRule AccountExportsLimit = Error("account.exports-limit", "An account has no more exports than its limit.");
    internal static readonly ValidationRule AccountWildcardExports = Error(
        "account.wildcard-exports", "Exports have no wildcards if the account's limits disallow them.");
    internal static readonly ValidationRule LimitsJetStreamExclusive = Error(
        "limits.jetstream-exclusive", "JetStream limits are either global or per tier.");
    internal static readonly ValidationRule LimitsTierBlank = Error("limits.tier-blank", "A JetStream tier has a name.");
    internal static readonly ValidationRule AccountSigningKey = Error(
        "account.signing-key", "A signing key of an account is an account's public key.");
    internal static readonly ValidationRule AccountClusterTraffic = Error("account.cluster-traffic", "Cluster traffic is 'system' or 'owner'.");
    internal static readonly ValidationRule AccountSelfSignedLimits = Warning(
        "account.self-signed-limits", "A self-signed account does not set its own limits.");
    internal static readonly ValidationRule InfoDescriptionLength = Error("info.description-length", "A description has at most 8192 bytes.");
    internal static readonly ValidationRule InfoUrlLength = Error("info.url-length", "An information URL has at most 8192 bytes.");
    internal static readonly ValidationRule InfoUrl = Error("info.url", "An information URL has a scheme and a host.");
    internal static readonly ValidationRule MappingWeight = Error("mapping.weight", "A weight is at most 100.");
    internal static readonly ValidationRule MappingClusterTotal = Error(
        "mapping.cluster-total", "The weights of one cluster add up to at most 100.") with { Since = ServerFeature.SafeWeights };
    internal static readonly ValidationRule MappingTotal = Error("mapping.total", "The weights of targets without a cluster add up to at most 100.");
    internal static readonly ValidationRule AuthorizationAccountsWithoutUsers = Error(
        "authorization.accounts-without-users", "An authorization callout with allowed accounts has auth users.");
    internal static readonly ValidationRule AuthorizationUserKey = Error(
        "authorization.user-key", "An auth user of an authorization callout is a user's public key.");
    internal static readonly ValidationRule AuthorizationAnyMixed = Error(
        "authorization.any-mixed", "'*' is the only allowed account if it is present.");
    internal static readonly ValidationRule AuthorizationAccountKey = Error(
        "authorization.account-key", "An allowed account is an account's public key.");
    internal static readonly ValidationRule AuthorizationXkey = Error("authorization.xkey", "The encryption key is a curve public key.");
    internal static readonly ValidationRule TraceDestination = Error("trace.destination", "The trace destination is a valid subject.");
    internal static readonly ValidationRule TraceWildcard = Error("trace.wildcard", "The trace destination has no wildcards.");
    internal static readonly ValidationRule TraceSampling = Error("trace.sampling", "The trace sampling is from 0 to 100.");

    // Exports.
    internal static readonly ValidationRule ExportNull = Error("export.null", "An export is not null.");
    internal static readonly ValidationRule ExportType = Error("export.type", "An export is a stream or a service.");
    internal static readonly ValidationRule ExportResponseTypeService = Error(
        "export.response-type-service", "The response type of a service is Singleton, Stream or Chunked.");
    internal static readonly ValidationRule ExportResponseTypeStream = Error("export.response-type-stream", "A stream has no response type.");
    internal static readonly ValidationRule ExportAllowTrace = Error("export.allow-trace", "Only services allow traces.");
    internal static readonly ValidationRule ExportLatencyNotService = Error("export.latency-not-service", "Only services have latency metrics.");
    internal static readonly ValidationRule ExportLatencySampling = Error(
        "export.latency-sampling", "The latency sampling is from 1 to 100, or 0 for 'headers'.");
    internal static readonly ValidationRule ExportLatencyWildcard = Error(
        "export.latency-wildcard", "The subject for latency results has no wildcards.");
    internal static readonly ValidationRule ExportThresholdNegative = Error("export.threshold-negative", "A response threshold is not negative.");
    internal static readonly ValidationRule ExportThresholdNotService = Error(
        "export.threshold-not-service", "Only services have a response threshold.");
    internal static readonly ValidationRule ExportTokenPositionNoWildcard = Error(
        "export.token-position-no-wildcard", "An account token position needs a subject with wildcards.");
    internal static readonly ValidationRule ExportTokenPositionRange = Error(
        "export.token-position-range", "An account token position lies within the subject.");
    internal static readonly ValidationRule ExportTokenPositionToken = Error(
        "export.token-position-token", "The token at the account token position is '*'.");
    internal static readonly ValidationRule ExportsOverlap = Error("exports.overlap", "No export covers another export of the same kind.");

    // Imports.
    internal static readonly ValidationRule ImportNull = Error("import.null", "An import is not null.");
    internal static readonly ValidationRule ImportType = Error("import.type", "An import is a stream or a service.");
    internal static readonly ValidationRule ImportAllowTrace = Error("import.allow-trace", "Only streams allow traces.");
    internal static readonly ValidationRule ImportAccountMissing = Error("import.account-missing", "An import names the exporting account.");
    internal static readonly ValidationRule ImportToDeprecated = Warning(
        "import.to-deprecated", "'to' is deprecated. Use 'local_subject'.");
    internal static readonly ValidationRule ImportToAndLocal = Error("import.to-and-local", "An import does not have both 'to' and 'local_subject'.");
    internal static readonly ValidationRule ImportShare = Error("import.share", "Only service imports share client information.");
    internal static readonly ValidationRule ImportTokenInvalid = Error("import.token-invalid", "The token of an import is an activation token.");
    internal static readonly ValidationRule ImportTokenExporter = Error(
        "import.token-exporter", "The activation token was issued by the exporting account.");
    internal static readonly ValidationRule ImportTokenImporter = Error("import.token-importer", "The activation token was issued to this account.");
    internal static readonly ValidationRule ImportTokenKind = Error("import.token-kind", "The activation token is for the import's kind.");
    internal static readonly ValidationRule ImportTokenSubject = Error("import.token-subject", "The activation token covers the imported subject.");
    internal static readonly ValidationRule ImportsOverlap = Error(
        "imports.overlap", "The local subjects of service imports from one account do not overlap.");

    // Users.
    internal static readonly ValidationRule UserSource = Error("user.src", "A source network is in CIDR form.");
    internal static readonly ValidationRule UserTimeStartMissing = Error("user.time-start-missing", "A time range has a start.");
    internal static readonly ValidationRule UserTimeEndMissing = Error("user.time-end-missing", "A time range has an end.");
    internal static readonly ValidationRule UserTimeStart = Error("user.time-start", "The start of a time range has the form HH:MM:SS.");
    internal static readonly ValidationRule UserTimeEnd = Error("user.time-end", "The end of a time range has the form HH:MM:SS.");
    internal static readonly ValidationRule UserLocale = Error("user.locale", "The time zone of time ranges is a known IANA time zone.");

    // Activations and authorization.
    internal static readonly ValidationRule ActivationKind = Error("activation.kind", "An activation is for a stream or a service.");
    internal static readonly ValidationRule RequestUserMissing = Error("authreq.user-missing", "An authorization request has a user key.");
    internal static readonly ValidationRule RequestUserKey = Error(
        "authreq.user-key", "The user of an authorization request is a user's public key.");
    internal static readonly ValidationRule ResponseSubject = Error(
        "authresp.subject", "The subject of an authorization response is a user's public key.");
    internal static readonly ValidationRule ResponseAudience = Error(
        "authresp.audience", "The audience of an authorization response is a server's public key.");
    internal static readonly ValidationRule ResponseEmpty = Error("authresp.empty", "An authorization response has a token or an error.");
    internal static readonly ValidationRule ResponseBoth = Error(
        "authresp.both", "An authorization response does not have both a token and an error.");

    // Computed on first use, because the compiler decides which file of the class is initialized first.

    /// <summary>All rules, sorted by name.</summary>
    public static IReadOnlyList<ValidationRule> All => field ??= In(typeof(ValidationRules));

    /// <summary>Gets the rules that a type defines, sorted by name.</summary>
    internal static IReadOnlyList<ValidationRule> In(Type type) =>
        [.. type.GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(field => field.GetValue(null)).OfType<ValidationRule>().OrderBy(rule => rule.Name, StringComparer.Ordinal)];

    private static ValidationRule Error(string name, string summary) => new(name, FindingSeverity.Error, summary);

    private static ValidationRule Time(string name, string summary) => new(name, FindingSeverity.Time, summary);

    private static ValidationRule Warning(string name, string summary) => new(name, FindingSeverity.Warning, summary);
}
