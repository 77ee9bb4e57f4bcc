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
        : [$"These subjects are for clients of servers outside the domain '{domain}', such as leaf nodes. Clients of servers in the domain need the "
            + "permissions without a domain."];

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
            throw new NatsKeysException(ErrorCode.InvalidClaims, $"'{subject}' is not a subject. A subject is tokens separated by dots.");
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
            throw new NatsKeysException(
                ErrorCode.InvalidClaims, $"The inbox prefix '{prefix}' has a wildcard, but clients use the prefix literally.");
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
                ErrorCode.InvalidClaims, $"'{subject}' is not a valid subject. Use tokens separated by dots, optionally followed by one space and a "
                    + "queue group.");
        }
    }

    /// <summary>
    /// Builds permissions to read and acknowledge messages of a stream through a consumer. If no consumer is specified, the client creates its own.
    /// </summary>
    public NatsPermission Consume(string stream, string? consumer) => consumer is null
        ? Of(
            $"consume {stream}",
            [$"{Api}.CONSUMER.CREATE.{stream}.>", $"{Api}.CONSUMER.MSG.NEXT.{stream}.*", $"$JS.ACK.{stream}.>"],
            $"The client may create consumers of '{stream}' with any filter. Several filter subjects of one consumer (filter_subjects) appear only "
                + "in the body of the request, so permissions cannot restrict what the client reads from the stream. To restrict it, create the "
                + "consumer yourself and specify its name.",
            $"The client may fetch and acknowledge messages of every consumer of '{stream}' whose name it knows.")
        : Of(
            $"consume {stream} with the consumer {consumer}",
            [$"{Api}.CONSUMER.INFO.{stream}.{consumer}", $"{Api}.CONSUMER.MSG.NEXT.{stream}.{consumer}", $"$JS.ACK.{stream}.{consumer}.>"],
            $"The client reads all messages that match the filter subjects (filter_subjects) of the consumer '{consumer}'. Permissions cannot "
                + "restrict them further. Anyone who may change the consumer can change its filter subjects.");

    /// <summary>Builds permissions to publish to a stream and receive acknowledgements.</summary>
    public NatsPermission PublishTo(string stream, IReadOnlyList<string> subjects) => Of(
        $"publish to {stream}",
        subjects,
        $"The subjects must be subjects of the stream '{stream}': servers store only messages on subjects in its configuration. The client may also "
            + "publish to them without JetStream.");

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
            ? "The client can also read the history of the bucket."
            : "Clients that send the key only in the body of the request, such as NATS.Net, and clients that read revisions need "
                + $"'{Api}.DIRECT.GET.KV_{bucket}'. It is not granted, because it allows all keys. These clients can watch keys instead.",
        "Watching several keys with one watcher is not granted: the keys appear only in the body of the request, so permissions cannot restrict "
            + "them.");

    /// <summary>Builds permissions to write and delete keys of a bucket.</summary>
    public NatsPermission WriteKeys(string bucket, IReadOnlyList<string> keys) => Of(
        $"write {Keys(keys)} of the bucket {bucket}",
        [$"{Api}.STREAM.INFO.KV_{bucket}", .. keys.Select(key => $"{Values}.{bucket}.{key}")],
        [
            "A client that may write a key may also delete and purge it.",
            .. domain is null
                ? Array.Empty<string>()
                : ["Clients that publish values directly to '$KV', such as NATS.Net, cannot write to another domain."],
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
        "The subjects of an object's chunks do not contain its name, so permissions cannot restrict access to single objects.",
        "A client creates a consumer to read an object, and then deletes the consumer. It may delete every consumer of the bucket whose "
            + "name it knows.");

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
        "Replacing an object purges its old chunks. The subject to purge appears only in the body of the request, so the client may purge the whole "
            + "bucket.");

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
        "Requests go to all servers at once. Requests to a single server are not granted, because the same subjects also reload the server and "
            + "disconnect its clients.");

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
