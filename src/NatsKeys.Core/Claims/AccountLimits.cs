namespace NatsKeys.Claims;

/// <summary>
/// The limits of an account, in one flat object with those of JetStream. A new account has -1 (no limit) for what is counted and
/// JetStream off; in a token an absent member is 0, nothing allowed.
/// </summary>
public sealed class AccountLimits : JetStreamLimits
{
    /// <summary>Subscriptions per connection.</summary>
    public long Subs { get; set; } = -1;

    /// <summary>Bytes. Carried, but not enforced by servers.</summary>
    public long Data { get; set; } = -1;

    /// <summary>The largest message, in bytes.</summary>
    public long Payload { get; set; } = -1;

    /// <summary>The number of imports.</summary>
    public long Imports { get; set; } = -1;

    /// <summary>The number of exports.</summary>
    public long Exports { get; set; } = -1;

    /// <summary>Whether exports may have wildcards.</summary>
    public bool Wildcards { get; set; } = true;

    /// <summary>Whether bearer users are refused.</summary>
    public bool DisallowBearer { get; set; }

    /// <summary>Client connections.</summary>
    public long Conn { get; set; } = -1;

    /// <summary>Leaf node connections.</summary>
    public long Leaf { get; set; } = -1;

    /// <summary>JetStream limits per tier (<c>R1</c>, <c>R3</c>, …). Where there are tiers, the flat JetStream limits are zero.</summary>
    public ClaimTable<JetStreamLimits> TieredLimits { get; set; } = [];

    internal override void Map(ClaimMap map)
    {
        Subs = map.Integer("subs", Subs);
        Data = map.Integer("data", Data);
        Payload = map.Integer("payload", Payload);
        Imports = map.Integer("imports", Imports);
        Exports = map.Integer("exports", Exports);
        Wildcards = map.Flag("wildcards", Wildcards);
        DisallowBearer = map.Flag("disallow_bearer", DisallowBearer);
        Conn = map.Integer("conn", Conn);
        Leaf = map.Integer("leaf", Leaf);
        base.Map(map);
        TieredLimits = map.ObjectMap("tiered_limits", TieredLimits);

        if (map.ReadsToken && TieredLimits.Count > 0)
        {
            Reset();
        }
    }
}
