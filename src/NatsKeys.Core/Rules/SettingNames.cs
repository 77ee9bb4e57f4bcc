using System.Text.RegularExpressions;

namespace NatsKeys.Rules;

/// <summary>
/// The names of settings, which people type, for the claims that have them: <c>MaxConnections</c> for <c>limits.conn</c>. This is the only table of
/// them.
/// </summary>
internal static partial class SettingNames
{
    private const string Export = "exports";
    private const string Import = "imports";
    private const string SigningKey = "signing_keys";
    private const string Mapping = "mappings";

    private static readonly Dictionary<string, string> Limits = Table(
        ("subs", "MaxSubscriptions"), ("data", "MaxData"), ("payload", "MaxPayload"), ("imports", "MaxImports"), ("exports", "MaxExports"),
        ("wildcards", "AllowWildcardExports"), ("disallow_bearer", "DisallowBearer"), ("conn", "MaxConnections"), ("leaf", "MaxLeafNodes"),
        ("mem_storage", "MaxMemory"), ("disk_storage", "MaxDisk"), ("streams", "MaxStreams"), ("consumer", "MaxConsumers"),
        ("max_ack_pending", "MaxAckPending"), ("mem_max_stream_bytes", "MaxMemoryStream"), ("disk_max_stream_bytes", "MaxDiskStream"),
        ("max_bytes_required", "MaxBytesRequired"));

    private static readonly Dictionary<string, string> Permissions = Table(
        ("pub.allow", "AllowPublish"), ("pub.deny", "DenyPublish"), ("sub.allow", "AllowSubscribe"), ("sub.deny", "DenySubscribe"),
        ("resp.max", "AllowResponse"), ("resp.ttl", "ResponseTtl"), ("src", "SourceNetwork"), ("times", "AllowedTime"),
        ("times_location", "Locale"), ("subs", "MaxSubscriptions"), ("data", "MaxData"), ("payload", "MaxPayload"),
        ("bearer_token", "BearerToken"), ("proxy_required", "ProxyRequired"), ("allowed_connection_types", "ConnectionType"));

    private static readonly Dictionary<string, string> Entity = Table(
        ("exp", "Expires"), ("nbf", "NotBefore"), ("aud", "Audience"), ("tags", "Tag"), ("description", "Description"), ("info_url", "InfoUrl"),
        ("cluster_traffic", "ClusterTraffic"), ("trace.dest", "TraceSubject"), ("trace.sampling", "TraceSampling"),
        ("authorization.auth_users", "AuthUser"), ("authorization.allowed_accounts", "AllowedAccount"), ("authorization.xkey", "EncryptionKey"),
        ("account_server_url", "AccountServerUrl"), ("operator_service_urls", "ServiceUrl"), ("system_account", "SystemAccount"),
        ("assert_server_version", "AssertServerVersion"), ("strict_signing_key_usage", "RequireSigningKeys"),
        (Export, "export"), (Import, "import"), (SigningKey, "signing key"));

    private static readonly Dictionary<string, Dictionary<string, string>> Items = new(StringComparer.Ordinal)
    {
        [Export] = Table(
            ("name", "Name"), ("subject", "Subject"), ("type", "Type"), ("token_req", "Private"), ("response_type", "ResponseType"),
            ("response_threshold", "ResponseThreshold"), ("service_latency.results", "LatencySubject"),
            ("service_latency.sampling", "LatencySampling"), ("account_token_position", "AccountTokenPosition"), ("advertise", "Advertise"),
            ("allow_trace", "AllowTrace"), ("description", "Description"), ("info_url", "InfoUrl")),
        [Import] = Table(
            ("name", "Name"), ("subject", "Subject"), ("type", "Type"), ("account", "From"), ("token", "Token"),
            ("local_subject", "LocalSubject"), ("share", "Share"), ("allow_trace", "AllowTrace")),
        [SigningKey] = Table([
            ("key", "Key"), ("role", "Role"), ("description", "Description"),
            .. Permissions.Select(entry => ($"template.{entry.Key}", entry.Value))]),
        [Mapping] = Table(("subject", "To"), ("weight", "Weight"), ("cluster", "Cluster")),
    };

    /// <summary>
    /// Gets the name of a setting with the item that has it: <c>export orders.&gt;: Private</c>; the claim itself if it has no name.
    /// </summary>
    /// <param name="claim">The place of the claim, such as <c>exports[orders.&gt;].token_req</c>.</param>
    public static string Of(string claim)
    {
        if (Item().Match(claim) is { Success: true } item)
        {
            (string list, string member) = (item.Groups["list"].Value, item.Groups["member"].Value);
            return $"{OwnerOf(item)}: {InItem(list, member)}";
        }

        if (Tier().Match(claim) is { Success: true } tier && Limits.TryGetValue(tier.Groups["member"].Value, out string? ofTier))
        {
            return $"tier {tier.Groups["name"].Value}: {ofTier}";
        }

        string? name = Behind("limits.") is { } limit ? Limits.GetValueOrDefault(limit)
            : Behind("default_permissions.") is { } permission ? Permissions.GetValueOrDefault(permission)
            : Behind($"{Mapping}.") is { } subject ? $"mapping {subject} to"
            : Entity.GetValueOrDefault(claim) ?? Permissions.GetValueOrDefault(claim);
        return name ?? claim;

        string? Behind(string start) => claim.StartsWith(start, StringComparison.Ordinal) ? claim[start.Length..] : null;
    }

    /// <summary>Whether a claim is true or false, and is left out if it is false.</summary>
    /// <param name="member">The last part of its place.</param>
    public static bool IsSwitch(string member) =>
        member is "wildcards" or "disallow_bearer" or "max_bytes_required" or "bearer_token" or "proxy_required" or "token_req" or "advertise"
            or "allow_trace" or "share" or "strict_signing_key_usage";

    /// <summary>
    /// Whether a claim is a limit whose 0 allows nothing. It is none if 0 means no limit: for the sizes of streams, for unacknowledged messages, and
    /// for the limits of a role, where servers read an absent number as no limit.
    /// </summary>
    /// <param name="claim">The place of the claim, such as <c>limits.conn</c>, or <c>payload</c> for a user.</param>
    public static bool IsLimit(string claim)
    {
        string member = claim[(claim.LastIndexOf('.') + 1)..];
        return member is "subs" or "data" or "payload"
            ? claim == member || claim == $"limits.{member}"
            : claim.StartsWith("limits.", StringComparison.Ordinal)
                && member is "imports" or "exports" or "conn" or "leaf" or "mem_storage" or "disk_storage" or "streams" or "consumer";
    }

    /// <summary>Gets the item that has revocations, as <see cref="Of"/> names it: <c>export a: </c> for <c>exports[a].</c>.</summary>
    /// <param name="owner">The start of the place; empty for the account itself.</param>
    public static string OfOwner(string owner) => Item().Match($"{owner}revocations") is { Success: true } item ? $"{OwnerOf(item)}: " : owner;

    /// <summary>Gets the name of a setting of a list item; the member itself if it has none.</summary>
    /// <param name="list">The place of the list.</param>
    /// <param name="member">The place of the member within the item.</param>
    public static string InItem(string list, string member)
    {
        string key = list.StartsWith($"{Mapping}.", StringComparison.Ordinal) ? Mapping : list;
        return Items.TryGetValue(key, out Dictionary<string, string>? members) ? members.GetValueOrDefault(member, member) : member;
    }

    private static string OwnerOf(Match item)
    {
        (string list, string name) = (item.Groups["list"].Value, item.Groups["name"].Value);
        return $"{Of(list)} {name}";
    }

    private static Dictionary<string, string> Table(params (string Claim, string Name)[] entries) =>
        entries.ToDictionary(entry => entry.Claim, entry => entry.Name, StringComparer.Ordinal);

    // Names of items may have brackets and dots, those of members have none.
    [GeneratedRegex(@"^(?<list>exports|imports|signing_keys|mappings\..+)\[(?<name>.*)\]\.(?<member>[^\[\]]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Item();

    [GeneratedRegex(@"^limits\.tiered_limits\.(?<name>.+)\.(?<member>[^.]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tier();
}
