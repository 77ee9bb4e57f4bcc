namespace NatsKeys.Rules;

/// <summary>What servers of some versions do, and older ones do not.</summary>
internal enum ServerFeature
{
    /// <summary>A service decides who may connect.</summary>
    AuthCallout,

    /// <summary>A user learns its permissions from the server.</summary>
    UserInfo,

    /// <summary>A connection is cut on request of the system account.</summary>
    Kick,

    /// <summary>A lookup of an account that a server does not have is answered, by an empty message.</summary>
    EmptyLookup,

    /// <summary>A resolver removes the file of a deleted account, where older ones know only of renaming it.</summary>
    HardDelete,

    /// <summary>A configuration has a list of operator tokens, which older ones cannot read.</summary>
    OperatorList,

    /// <summary>Message traces are published to a subject that the account names.</summary>
    MessageTracing,

    /// <summary>A client without a token is taken for the user that the configuration names.</summary>
    DefaultSentinel,

    /// <summary>Clients may begin with TLS, before the server says anything.</summary>
    HandshakeFirst,

    /// <summary>An account sets how its traffic between servers is carried.</summary>
    ClusterTraffic,

    /// <summary>Messages of a stream are stored as one, all or none.</summary>
    AtomicBatches,

    /// <summary>Proxies are trusted by their keys, and users may be required to come through one.</summary>
    TrustedProxies,

    /// <summary>The connection types of a role hold for its users.</summary>
    RoleConnectionTypes,

    /// <summary>A template whose tags a user lacks in part does not end the server.</summary>
    MissingTags,

    /// <summary>A placeholder may be a part of a token, and its function may have spaces around it.</summary>
    PlaceholdersInsideTokens,

    /// <summary>A template expands to a limited number of subjects.</summary>
    LimitedExpansion,

    /// <summary>A deny for all queues holds for a queue that has denies of its own, too.</summary>
    QueueDeniesAdd,

    /// <summary>Allowed hours across midnight hold after midnight, too.</summary>
    HoursOverMidnight,

    /// <summary>
    /// Permissions are checked when a client connects: bad queues are passed over, a queue behind a denied publish subject does not undo the deny,
    /// and an empty entry does not end the server. No message of a denied subject comes through a subscription with wildcards.
    /// </summary>
    CheckedPermissions,

    /// <summary>Services of one subject may be imported from several accounts.</summary>
    SameServiceFromSeveralAccounts,

    /// <summary>The lists of subjects to publish on are searched level by level.</summary>
    PublishIndex,

    /// <summary>In these lists, text does not hide a wildcard at the same place.</summary>
    WholePublishIndex,

    /// <summary>Dots at the edges of a subject and two in a row are mistakes of a claim.</summary>
    SubjectDots,

    /// <summary>Targets of mappings with wildcards do not refuse the account: the mapping is dropped.</summary>
    MappingTargets,

    /// <summary>The weights of mappings are added up for each cluster, and no sum overflows.</summary>
    WeightsOfClusters,

    /// <summary>Weights of mappings that are not stated count in the sums of clusters, too.</summary>
    SafeWeights,

    /// <summary>Mappings have the functions <c>left</c> and <c>right</c>.</summary>
    SideMappings,

    /// <summary>Targets of mappings need not use every wildcard of the source, and functions of sources without wildcards are mistakes.</summary>
    LooseMappings,

    /// <summary>Mappings have the function <c>random</c>, and <c>partition</c> of the whole subject.</summary>
    RandomMappings,

    /// <summary>Arguments of functions are numbers of 32 bits, and others are mistakes.</summary>
    MappingArguments,

    /// <summary>A stream import is also checked for cycles under the exporter's subject.</summary>
    StreamCircles,

    /// <summary>A service import with references is checked for cycles with the resulting subject.</summary>
    ServiceCircles,

    /// <summary>Looking for circles of imports, each way starts with the same subject.</summary>
    SeparateCircles,

    /// <summary>Limits that 32 bits cannot hold are held to the largest number.</summary>
    LargeLimits,
}
