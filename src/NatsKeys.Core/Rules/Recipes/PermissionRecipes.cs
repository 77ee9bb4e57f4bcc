namespace NatsKeys.Rules;

/// <summary>
/// Builds the permissions that clients need: the subjects of the JetStream API and of its acknowledgements, and the inbox for responses. Tests with
/// real clients verify that each recipe works, and that it fails without any one of its subjects.
/// </summary>
/// <param name="inbox">The prefix of the client's inboxes, without a dot at the end.</param>
/// <param name="domain">
/// The JetStream domain of the streams, for clients that connect to servers of another domain; null for clients that connect to servers of the same
/// domain. Servers remove their own domain from a subject before they check permissions.
/// </param>
internal sealed class PermissionRecipes(string inbox, string? domain = null)
{
    /// <summary>The inbox prefix of clients that do not set one.</summary>
    public const string DefaultInbox = "_INBOX";

    /// <summary>The names of streams, buckets and consumers.</summary>
    public const string NamePattern = @"^[^\s.*>/\\]+$";

    private const string AllKeys = ">";
    private static readonly string[] Questions =
        ["VARZ", "CONNZ", "SUBSZ", "ROUTEZ", "GATEWAYZ", "LEAFZ", "ACCOUNTZ", "JSZ", "HEALTHZ", "STATSZ"];

    private readonly string[] ofDomain = domain is null
        ? []
        : [$"These are the subjects for clients at servers of another domain than '{domain}', such as leaf nodes. At servers of that domain itself, "
            + "clients need the permissions without a domain."];

    private string Api => domain is null ? "$JS.API" : $"$JS.{domain}.API";

    /// <summary>The prefix of the subjects to which values are published. Another domain receives them through its API.</summary>
    private string Values => domain is null ? "$KV" : $"{Api}.$KV";

    /// <summary>Throws if a text is not a subject. It may have placeholders of roles, as tokens or parts of tokens.</summary>
    /// <param name="subject">The subject.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>.</exception>
    public static void Require(string subject)
    {
        if (!Subjects.IsWellFormed(TemplateExpander.Filled(subject)))
        {
            throw new NatsKeysException(ErrorCode.InvalidClaims, $"'{subject}' is not a subject. A subject is tokens with dots between them.");
        }
    }

    /// <summary>Throws if a text is not an inbox prefix. Clients append their own tokens to it, so it must not have wildcards.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>.</exception>
    public static void RequirePrefix(string prefix)
    {
        Require(prefix);
        if (Subjects.HasWildcardToken(prefix))
        {
            throw new NatsKeysException(ErrorCode.InvalidClaims, $"The inbox prefix '{prefix}' has a wildcard. Clients use it as it is.");
        }
    }

    /// <summary>Throws if a text is not a subject for replies: a subject, optionally followed by one space and a queue group.</summary>
    /// <param name="subject">The subject.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>.</exception>
    public static void RequireReply(string subject)
    {
        string[] parts = TemplateExpander.Filled(subject).Split(' ');
        if (parts.Length > 2 || !parts.All(Subjects.IsWellFormed))
        {
            throw new NatsKeysException(
                ErrorCode.InvalidClaims, $"'{subject}' is not a subject to answer. A subject is tokens with dots between them. One space and a queue "
                    + "group may follow.");
        }
    }

    /// <summary>
    /// Builds permissions to read and acknowledge messages of a stream through a consumer. If no consumer is specified, the client creates its own.
    /// </summary>
    public NatsPermission Consume(string stream, string? consumer) => consumer is null
        ? Of(
            $"consume {stream}",
            [$"{Api}.CONSUMER.CREATE.{stream}.>", $"{Api}.CONSUMER.MSG.NEXT.{stream}.*", $"$JS.ACK.{stream}.>"],
            $"The client may create consumers of '{stream}' with any filter. Several filter subjects of one consumer (filter_subjects) stand in the "
                + "request alone, so permissions cannot restrict what the client reads of the stream. Create the consumer for it, and name it.",
            $"The client may fetch and acknowledge messages of every consumer of '{stream}' whose name it knows.")
        : Of(
            $"consume {stream} with the consumer {consumer}",
            [$"{Api}.CONSUMER.INFO.{stream}.{consumer}", $"{Api}.CONSUMER.MSG.NEXT.{stream}.{consumer}", $"$JS.ACK.{stream}.{consumer}.>"],
            $"The client reads what the filter subjects (filter_subjects) of the consumer '{consumer}' let through: no permission restricts that. "
                + "Whoever may change the consumer decides it.");

    /// <summary>Builds permissions to publish to a stream and receive acknowledgements.</summary>
    public NatsPermission PublishTo(string stream, IReadOnlyList<string> subjects) => Of(
        $"publish to {stream}",
        subjects,
        $"The subjects must be those of the stream '{stream}': servers store what its configuration lists. The client may also publish them "
            + "without JetStream.");

    /// <summary>Builds permissions to read and watch keys of a bucket.</summary>
    public NatsPermission ReadKeys(string bucket, IReadOnlyList<string> keys) => Of(
        $"read {Keys(keys)} of the bucket {bucket}",
        [
            $"{Api}.STREAM.INFO.KV_{bucket}",
            .. keys is [AllKeys] ? [$"{Api}.DIRECT.GET.KV_{bucket}"] : Array.Empty<string>(),
            .. keys.Select(key => $"{Api}.DIRECT.GET.KV_{bucket}.$KV.{bucket}.{key}"),
            .. keys.Select(key => $"{Api}.CONSUMER.CREATE.KV_{bucket}.*.$KV.{bucket}.{key}"),
            FlowControl($"KV_{bucket}"),
        ],
        keys is [AllKeys]
            ? "The client reads the history of the bucket, too."
            : "Clients that put the key into the request alone, such as NATS.Net, and the reading of revisions need "
                + $"'{Api}.DIRECT.GET.KV_{bucket}', which is all keys: it is not granted. These clients can watch.",
        "A watcher of several keys puts them into the request alone: permissions cannot tell them apart, and it is not granted.");

    /// <summary>Builds permissions to write and delete keys of a bucket.</summary>
    public NatsPermission WriteKeys(string bucket, IReadOnlyList<string> keys) => Of(
        $"write {Keys(keys)} of the bucket {bucket}",
        [$"{Api}.STREAM.INFO.KV_{bucket}", .. keys.Select(key => $"{Values}.{bucket}.{key}")],
        [
            "Whoever may write a key may delete and purge it.",
            .. domain is null
                ? Array.Empty<string>()
                : ["Clients that publish values to '$KV' itself, such as NATS.Net, cannot write to another domain."],
        ]);

    /// <summary>Builds permissions to read and list objects of a bucket.</summary>
    public NatsPermission ReadObjects(string bucket) => Of(
        $"read objects of the bucket {bucket}",
        [
            $"{Api}.STREAM.INFO.OBJ_{bucket}",
            $"{Api}.STREAM.MSG.GET.OBJ_{bucket}",
            $"{Api}.DIRECT.GET.OBJ_{bucket}.$O.{bucket}.M.*",
            $"{Api}.CONSUMER.CREATE.OBJ_{bucket}.*.$O.{bucket}.C.*",
            $"{Api}.CONSUMER.CREATE.OBJ_{bucket}.*.$O.{bucket}.M.>",
            $"{Api}.CONSUMER.DELETE.OBJ_{bucket}.*",
            FlowControl($"OBJ_{bucket}"),
        ],
        "The parts of an object have subjects that do not say to which object they belong: permissions cannot restrict names.",
        "A client reads an object with a consumer of its own and deletes it. It may delete every consumer of the bucket whose name it knows.");

    /// <summary>Builds permissions to write and delete objects of a bucket.</summary>
    public NatsPermission WriteObjects(string bucket) => Of(
        $"write objects of the bucket {bucket}",
        [
            $"{Api}.STREAM.INFO.OBJ_{bucket}",
            $"{Api}.STREAM.MSG.GET.OBJ_{bucket}",
            $"{Api}.DIRECT.GET.OBJ_{bucket}.$O.{bucket}.M.*",
            $"$O.{bucket}.C.*",
            $"$O.{bucket}.M.*",
            $"{Api}.STREAM.PURGE.OBJ_{bucket}",
        ],
        "Replacing an object purges its old parts. What is purged stands in the request alone: the client may purge the whole bucket.");

    /// <summary>Builds permissions to send requests to services.</summary>
    public NatsPermission Request(IReadOnlyList<string> subjects) => Of($"request {string.Join(", ", subjects)}", subjects);

    /// <summary>Builds permissions to reply to requests.</summary>
    public static NatsPermission Reply(IReadOnlyList<string> subjects) => new(
        $"reply to {string.Join(", ", subjects)}",
        [],
        subjects,
        ["The client may publish replies only. With another recipe, it may also publish the subjects of that recipe."])
    {
        AllowResponse = 1,
    };

    /// <summary>Builds permissions to monitor servers, for a user of the system account.</summary>
    public NatsPermission Monitor() => Of(
        "monitor servers",
        [
            "$SYS.REQ.SERVER.PING",
            .. Questions.Select(what => $"$SYS.REQ.SERVER.PING.{what}"),
        ],
        "The user must belong to the system account. It sees the connections and subscriptions of all accounts.",
        "All servers are asked at once. Requests to a single server are not granted, because the same subjects also reload it and disconnect its "
            + "clients.");

    private NatsPermission Of(string recipe, IEnumerable<string> publish, params string[] notes) => new(
        domain is null ? recipe : $"{recipe} in the domain {domain}",
        publish,
        [$"{inbox}.>"],
        inbox == DefaultInbox
            ? [
                .. notes, .. ofDomain,
                "All clients share the inbox prefix '_INBOX' and can read each other's replies. Use an inbox prefix for each client.",
            ]
            : [.. notes, .. ofDomain, $"Configure the client to use the inbox prefix '{inbox}'."]);

    /// <summary>
    /// Gets the subjects of flow control, on which clients report what they have received. Without these reports, servers stop sending after 2 MB.
    /// The name of the consumer is not known beforehand, because clients choose it.
    /// </summary>
    private static string FlowControl(string stream) => $"$JS.FC.{stream}.>";

    private static string Keys(IReadOnlyList<string> keys) => keys is [AllKeys] ? "all keys" : string.Join(", ", keys);
}
