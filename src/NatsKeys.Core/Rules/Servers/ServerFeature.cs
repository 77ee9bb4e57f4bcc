namespace NatsKeys.Rules;

/// <summary>The features of servers that older versions lack.</summary>
internal enum ServerFeature
{
    /// <summary>A service authorizes connecting clients.</summary>
    AuthCallout,

    /// <summary>A user can query its permissions.</summary>
    UserInfo,

    /// <summary>The system account can disconnect a client.</summary>
    Kick,

    /// <summary>The lookup of an account that the server does not have is answered with an empty message.</summary>
    EmptyLookup,

    /// <summary>A resolver deletes the file of a removed account. Older servers can only rename it.</summary>
    HardDelete,

    /// <summary>The configuration may have a list of operator tokens, which older servers cannot read.</summary>
    OperatorList,

    /// <summary>Message traces are published to a subject that the account names.</summary>
    MessageTracing,

    /// <summary>A client without a token connects as the user that the configuration specifies.</summary>
    DefaultSentinel,

    /// <summary>Clients may start with a TLS handshake, before the server sends anything.</summary>
    HandshakeFirst,

    /// <summary>An account can choose how its traffic between servers is carried.</summary>
    ClusterTraffic,

    /// <summary>Several messages can be stored in a stream as one batch, all or none.</summary>
    AtomicBatches,

    /// <summary>Servers trust proxies by their keys, and users may be required to connect through one.</summary>
    TrustedProxies,

    /// <summary>The connection types of a role apply to its users.</summary>
    RoleConnectionTypes,

    /// <summary>A template with several tags, some of which the user lacks, does not crash the server.</summary>
    MissingTags,

    /// <summary>A placeholder may be part of a token, and its function may be surrounded by spaces.</summary>
    PlaceholdersInsideTokens,

    /// <summary>The number of subjects that a template expands to is limited.</summary>
    LimitedExpansion,

    /// <summary>A deny for all queues also applies to a queue that has denies of its own.</summary>
    QueueDeniesAdd,

    /// <summary>A time range that crosses midnight also applies after midnight.</summary>
    HoursOverMidnight,

    /// <summary>
    /// Permissions are validated when a client connects. Invalid queues are ignored, a queue after a denied publish subject does not disable the
    /// deny, and an empty entry does not crash the server. Subscriptions with wildcards never receive messages of a denied subject.
    /// </summary>
    CheckedPermissions,

    /// <summary>Services with the same subject may be imported from several accounts.</summary>
    SameServiceFromSeveralAccounts,

    /// <summary>Lists of publish subjects are searched level by level.</summary>
    PublishIndex,

    /// <summary>In these lists, a literal token does not hide a wildcard at the same position.</summary>
    WholePublishIndex,

    /// <summary>Leading and trailing dots of a subject, and two dots in a row, are errors.</summary>
    SubjectDots,

    /// <summary>A mapping target with wildcards only drops the mapping, and does not invalidate the account.</summary>
    MappingTargets,

    /// <summary>The weights of mappings are summed for each cluster, and no sum overflows.</summary>
    WeightsOfClusters,

    /// <summary>Weights of mappings that are not stated also count in the sums of clusters.</summary>
    SafeWeights,

    /// <summary>Mappings support the functions <c>left</c> and <c>right</c>.</summary>
    SideMappings,

    /// <summary>Mapping targets need not use every wildcard of the source, and functions are errors if the source has no wildcards.</summary>
    LooseMappings,

    /// <summary>Mappings support the function <c>random</c>, and <c>partition</c> of the whole subject.</summary>
    RandomMappings,

    /// <summary>Arguments of functions must be 32-bit numbers.</summary>
    MappingArguments,

    /// <summary>A stream import is also checked for cycles under the exporter's subject.</summary>
    StreamCircles,

    /// <summary>A service import with references is checked for cycles with the resulting subject.</summary>
    ServiceCircles,

    /// <summary>In the search for cycles of imports, each path starts with the same subject.</summary>
    SeparateCircles,

    /// <summary>Limits that exceed 32 bits are reduced to the largest number.</summary>
    LargeLimits,
}
