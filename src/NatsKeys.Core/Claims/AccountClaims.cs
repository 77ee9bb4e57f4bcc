namespace NatsKeys.Claims;

/// <summary>What an account's token states (<c>nats</c> object of type <c>account</c>). A new one has no limits.</summary>
public sealed class AccountClaims : ClaimSet
{
    /// <inheritdoc/>
    public override ClaimKind Kind => ClaimKind.Account;

    /// <summary>What the account takes from other accounts.</summary>
    public List<AccountImport> Imports { get; set; } = [];

    /// <summary>What the account offers to other accounts.</summary>
    public List<AccountExport> Exports { get; set; } = [];

    /// <summary>The limits; -1 is no limit, 0 is nothing allowed.</summary>
    public AccountLimits Limits { get; set; } = new();

    /// <summary>Keys that sign users and activations in the account's place, plain or scoped.</summary>
    public List<AccountSigningKey> SigningKeys { get; set; } = [];

    /// <summary>Per user public key, or <c>*</c> for all: tokens issued up to this Unix second are refused.</summary>
    public ClaimTable<long> Revocations { get; set; } = [];

    /// <summary>The permissions of users that have none of their own.</summary>
    public Permissions DefaultPermissions { get; set; } = new();

    /// <summary>Per subject, where its messages go instead.</summary>
    public ClaimTable<List<WeightedMapping>> Mappings { get; set; } = [];

    /// <summary>The authorization callout.</summary>
    public ExternalAuthorization Authorization { get; set; } = new();

    /// <summary>Message tracing; null when it is off.</summary>
    public MessageTrace? Trace { get; set; }

    /// <summary>Who carries traffic between servers: <c>system</c> or <c>owner</c>.</summary>
    public string? ClusterTraffic { get; set; }

    /// <summary>A description for people.</summary>
    public string? Description { get; set; }

    /// <summary>An address where more is said.</summary>
    public string? InfoUrl { get; set; }

    internal override IEnumerable<string> ListedKeys => SigningKeys.Select(key => key.Key);

    /// <summary>The scope of a signing key; null when it has none. Of two entries for one key the last one stands, as on servers.</summary>
    internal AccountSigningKey? ScopeOf(string? publicKey) => SigningKeys.FindLast(key => key.Key == publicKey) is { IsScoped: true } scope ? scope : null;

    internal override void Map(ClaimMap map)
    {
        Imports = map.Objects("imports", Imports);
        Exports = map.Objects("exports", Exports);
        Limits = map.Object("limits", Limits);
        SigningKeys = map.Objects("signing_keys", SigningKeys);
        Revocations = map.IntegerMap("revocations", Revocations);
        DefaultPermissions = map.Object("default_permissions", DefaultPermissions);
        Mappings = map.ListMap("mappings", Mappings);
        Authorization = map.Object("authorization", Authorization);
        Trace = map.Optional("trace", Trace);
        ClusterTraffic = map.Text("cluster_traffic", ClusterTraffic);
        Description = map.Text("description", Description);
        InfoUrl = map.Text("info_url", InfoUrl);
    }

    internal override void Normalize()
    {
        Imports = [.. Imports.OrderBy(entry => entry.Subject ?? "", Utf8Order.Instance)];
        Exports = [.. Exports.OrderBy(entry => entry.Subject ?? "", Utf8Order.Instance)];

        // The reference keeps signing keys in a map by public key: of two entries the last one stands.
        SigningKeys = [.. SigningKeys.GroupBy(entry => entry.Key).Select(group => group.Last()).OrderBy(entry => entry.Key, Utf8Order.Instance)];
    }
}
