namespace NatsKeys.Claims;

/// <summary>
/// The limits of an account, in one flat object with its JetStream limits. A new account has no limits (-1), and JetStream is off. In a token, an
/// absent member is 0, which means that nothing is allowed.
/// </summary>
public sealed class AccountLimits : JetStreamLimits
{
    private long subs = -1;
    private long data = -1;
    private long payload = -1;
    private long imports = -1;
    private long exports = -1;
    private bool wildcards = true;
    private bool disallowBearer;
    private long conn = -1;
    private long leaf = -1;
    private ClaimTable<JetStreamLimits> tieredLimits = [];

    /// <summary>The maximum number of subscriptions of a connection.</summary>
    public long Subs { get => subs; set => Set(ref subs, value); }

    /// <summary>The maximum number of bytes. Servers do not enforce it.</summary>
    public long Data { get => data; set => Set(ref data, value); }

    /// <summary>The maximum size of a message, in bytes.</summary>
    public long Payload { get => payload; set => Set(ref payload, value); }

    /// <summary>The maximum number of imports.</summary>
    public long Imports { get => imports; set => Set(ref imports, value); }

    /// <summary>The maximum number of exports.</summary>
    public long Exports { get => exports; set => Set(ref exports, value); }

    /// <summary>Whether exports may have wildcards.</summary>
    public bool Wildcards { get => wildcards; set => Set(ref wildcards, value); }

    /// <summary>Whether bearer users are refused.</summary>
    public bool DisallowBearer { get => disallowBearer; set => Set(ref disallowBearer, value); }

    /// <summary>The maximum number of client connections.</summary>
    public long Conn { get => conn; set => Set(ref conn, value); }

    /// <summary>The maximum number of leaf node connections.</summary>
    public long Leaf { get => leaf; set => Set(ref leaf, value); }

    /// <summary>The JetStream limits of each tier (<c>R1</c>, <c>R3</c>, …). If there are tiers, the flat JetStream limits are zero.</summary>
    public ClaimTable<JetStreamLimits> TieredLimits { get => tieredLimits; set => Set(ref tieredLimits, value); }

    internal override void Map(ClaimMap map)
    {
        map.Integer("subs", ref subs);
        map.Integer("data", ref data);
        map.Integer("payload", ref payload);
        map.Integer("imports", ref imports);
        map.Integer("exports", ref exports);
        map.Flag("wildcards", ref wildcards);
        map.Flag("disallow_bearer", ref disallowBearer);
        map.Integer("conn", ref conn);
        map.Integer("leaf", ref leaf);
        base.Map(map);
        map.ObjectMap("tiered_limits", ref tieredLimits);

        if (map.ReadsToken && TieredLimits.Count > 0)
        {
            Reset();
        }
    }
}
