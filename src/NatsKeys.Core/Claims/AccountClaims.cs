namespace NatsKeys.Claims;

/// <summary>The claims of an account (<c>nats</c> object of type <c>account</c>). New claims have no limits.</summary>
public sealed class AccountClaims : ClaimSet
{
    private ClaimList<AccountImport> imports = [];
    private ClaimList<AccountExport> exports = [];
    private AccountLimits limits = new();
    private ClaimList<AccountSigningKey> signingKeys = [];
    private ClaimTable<long> revocations = [];
    private Permissions defaultPermissions = new();
    private ClaimTable<ClaimList<WeightedMapping>> mappings = [];
    private ExternalAuthorization authorization = new();
    private MessageTrace? trace;
    private string? clusterTraffic;
    private string? description;
    private string? infoUrl;

    /// <inheritdoc/>
    public override ClaimKind Kind => ClaimKind.Account;

    /// <summary>The imports from other accounts.</summary>
    public ClaimList<AccountImport> Imports { get => imports; set => Set(ref imports, value); }

    /// <summary>The exports to other accounts.</summary>
    public ClaimList<AccountExport> Exports { get => exports; set => Set(ref exports, value); }

    /// <summary>The limits; -1 means no limit, 0 means nothing is allowed.</summary>
    public AccountLimits Limits { get => limits; set => Set(ref limits, value); }

    /// <summary>The signing keys for users and activations, plain or scoped.</summary>
    public ClaimList<AccountSigningKey> SigningKeys { get => signingKeys; set => Set(ref signingKeys, value); }

    /// <summary>
    /// The revocations. Tokens of the user public key, or of all users for <c>*</c>, that were issued up to this Unix second are refused.
    /// </summary>
    public ClaimTable<long> Revocations { get => revocations; set => Set(ref revocations, value); }

    /// <summary>The permissions of users without permissions of their own.</summary>
    public Permissions DefaultPermissions { get => defaultPermissions; set => Set(ref defaultPermissions, value); }

    /// <summary>The subject mappings: the targets of each subject's messages.</summary>
    public ClaimTable<ClaimList<WeightedMapping>> Mappings { get => mappings; set => Set(ref mappings, value); }

    /// <summary>The authorization callout.</summary>
    public ExternalAuthorization Authorization { get => authorization; set => Set(ref authorization, value); }

    /// <summary>Message tracing; null when it is off.</summary>
    public MessageTrace? Trace { get => trace; set => Set(ref trace, value); }

    /// <summary>The account whose connections carry traffic between servers: <c>system</c> or <c>owner</c>.</summary>
    public string? ClusterTraffic { get => clusterTraffic; set => Set(ref clusterTraffic, value); }

    /// <summary>The description.</summary>
    public string? Description { get => description; set => Set(ref description, value); }

    /// <summary>An information URL.</summary>
    public string? InfoUrl { get => infoUrl; set => Set(ref infoUrl, value); }

    internal override IEnumerable<string> ListedKeys => SigningKeys.Select(key => key.Key);

    /// <summary>The scope of a signing key; null if it has none. If a key has two entries, the last one counts, as on servers.</summary>
    internal AccountSigningKey? ScopeOf(string? publicKey)
    {
        // A loop, because this is asked several times for everything that is signed.
        for (int index = SigningKeys.Count - 1; index >= 0; index--)
        {
            if (SigningKeys[index].Key == publicKey)
            {
                return SigningKeys[index].IsScoped ? SigningKeys[index] : null;
            }
        }

        return null;
    }

    /// <summary>The scopes that count, with their indexes among the signing keys. If a key has two entries, the last one counts.</summary>
    internal IEnumerable<(int Index, AccountSigningKey Item)> Scopes =>
        SigningKeys.Index().Where(key => key.Item.IsScoped && ScopeOf(key.Item.Key) == key.Item);

    internal override void Map(ClaimMap map)
    {
        map.Objects("imports", ref imports);
        map.Objects("exports", ref exports);
        map.Object("limits", ref limits);
        map.Objects("signing_keys", ref signingKeys);
        map.IntegerMap("revocations", ref revocations);
        map.Object("default_permissions", ref defaultPermissions);
        map.ListMap("mappings", ref mappings);
        map.Object("authorization", ref authorization);
        map.Optional("trace", ref trace);
        map.Text("cluster_traffic", ref clusterTraffic);
        map.Text("description", ref description);
        map.Text("info_url", ref infoUrl);
    }

    internal override ClaimSet InOrder()
    {
        if (IsInOrder(imports, entry => entry.Subject)
            && IsInOrder(exports, entry => entry.Subject)
            && IsInOrder(signingKeys, entry => entry.Key, isDistinct: true))
        {
            return this;
        }

        var sorted = (AccountClaims)CopyTop();
        sorted.imports = [.. imports.OrderBy(entry => entry.Subject ?? "", Utf8Order.Instance)];
        sorted.exports = [.. exports.OrderBy(entry => entry.Subject ?? "", Utf8Order.Instance)];

        // The reference keeps signing keys in a map by public key: of two entries, the last one counts.
        sorted.signingKeys = [.. signingKeys
            .GroupBy(entry => entry.Key)
            .Select(group => group.Last())
            .OrderBy(entry => entry.Key, Utf8Order.Instance)];
        return sorted;
    }

    private static bool IsInOrder<T>(ClaimList<T> list, Func<T, string?> name, bool isDistinct = false)
    {
        for (int index = 1; index < list.Count; index++)
        {
            int order = Utf8Order.Instance.Compare(name(list[index - 1]) ?? "", name(list[index]) ?? "");
            if (order > 0 || (order == 0 && isDistinct))
            {
                return false;
            }
        }

        return true;
    }
}
