namespace NatsKeys.Claims;

/// <summary>What a user may do, or the users of a scoped signing key. A new one has no limits.</summary>
public sealed class UserPermissions : Permissions
{
    /// <summary>Networks in CIDR form from which the user may connect; none means any.</summary>
    public List<string> Src { get; set; } = [];

    /// <summary>Times of the day at which the user may be connected; none means any.</summary>
    public List<TimeRange> Times { get; set; } = [];

    /// <summary>The IANA zone of <see cref="Times"/>; none means the server's.</summary>
    public string? TimesLocation { get; set; }

    /// <summary>The number of subscriptions; -1 is no limit.</summary>
    public long Subs { get; set; } = -1;

    /// <summary>Bytes; -1 is no limit. Carried, but not enforced by servers.</summary>
    public long Data { get; set; } = -1;

    /// <summary>The largest message in bytes; -1 is no limit.</summary>
    public long Payload { get; set; } = -1;

    /// <summary>Whether the token alone, without a signature of the user's key, lets its bearer in.</summary>
    public bool BearerToken { get; set; }

    /// <summary>Whether connections must come through a trusted proxy.</summary>
    public bool ProxyRequired { get; set; }

    /// <summary>How the user may connect (<c>STANDARD</c>, <c>WEBSOCKET</c>, …); none means any.</summary>
    public List<string> AllowedConnectionTypes { get; set; } = [];

    /// <summary>What absent limits in a token mean here: 0 in a user of version 2, -1 in one of version 1 and in a scope.</summary>
    internal long AbsentLimit { get; set; }

    internal override void Map(ClaimMap map)
    {
        base.Map(map);
        Src = map.Texts("src", Src, commaSeparated: true);
        Times = map.Objects("times", Times);
        TimesLocation = map.Text("times_location", TimesLocation);
        Subs = map.Integer("subs", Subs, absent: AbsentLimit);
        Data = map.Integer("data", Data, absent: AbsentLimit);
        Payload = map.Integer("payload", Payload, absent: AbsentLimit);
        BearerToken = map.Flag("bearer_token", BearerToken);
        ProxyRequired = map.Flag("proxy_required", ProxyRequired);
        AllowedConnectionTypes = map.Texts("allowed_connection_types", AllowedConnectionTypes);
    }

    /// <summary>Whether nothing is here, no limit either, as servers demand it of users of a scoped signing key.</summary>
    internal bool IsCleared => HasNothingOwn && (Subs, Data, Payload) == (0, 0, 0);

    /// <summary>Whether this is what every new user has: all is allowed, and nothing is limited.</summary>
    internal bool IsDefault => HasNothingOwn && (Subs, Data, Payload) == (LimitText.Unlimited, LimitText.Unlimited, LimitText.Unlimited);

    private bool HasNothingOwn =>
        Pub.Allow.Count + Pub.Deny.Count + Sub.Allow.Count + Sub.Deny.Count + Src.Count + Times.Count + AllowedConnectionTypes.Count == 0
        && Resp is null && string.IsNullOrEmpty(TimesLocation) && !BearerToken && !ProxyRequired;

    internal void SetLimits(long limit) => Subs = Data = Payload = limit;
}
