namespace NatsKeys.Claims;

/// <summary>The permissions and limits of a user, or of the users of a scoped signing key. New permissions have no limits.</summary>
public sealed class UserPermissions : Permissions
{
    private ClaimList<string> src = [];
    private ClaimList<TimeRange> times = [];
    private string? timesLocation;
    private long subs = -1;
    private long data = -1;
    private long payload = -1;
    private bool bearerToken;
    private bool proxyRequired;
    private ClaimList<string> allowedConnectionTypes = [];
    private long absentLimit;

    /// <summary>The networks in CIDR notation from which the user may connect; empty for any.</summary>
    public ClaimList<string> Src { get => src; set => Set(ref src, value); }

    /// <summary>The times of the day at which the user may be connected; empty for any.</summary>
    public ClaimList<TimeRange> Times { get => times; set => Set(ref times, value); }

    /// <summary>The IANA time zone of <see cref="Times"/>; null for that of the server.</summary>
    public string? TimesLocation { get => timesLocation; set => Set(ref timesLocation, value); }

    /// <summary>The maximum number of subscriptions; -1 for no limit.</summary>
    public long Subs { get => subs; set => Set(ref subs, value); }

    /// <summary>The maximum number of bytes; -1 for no limit. Servers do not enforce it.</summary>
    public long Data { get => data; set => Set(ref data, value); }

    /// <summary>The maximum size of a message, in bytes; -1 for no limit.</summary>
    public long Payload { get => payload; set => Set(ref payload, value); }

    /// <summary>Whether clients can connect with the token alone, without a signature of the user's key.</summary>
    public bool BearerToken { get => bearerToken; set => Set(ref bearerToken, value); }

    /// <summary>Whether connections must come through a trusted proxy.</summary>
    public bool ProxyRequired { get => proxyRequired; set => Set(ref proxyRequired, value); }

    /// <summary>The allowed connection types (<c>STANDARD</c>, <c>WEBSOCKET</c>, …); empty for any.</summary>
    public ClaimList<string> AllowedConnectionTypes { get => allowedConnectionTypes; set => Set(ref allowedConnectionTypes, value); }

    /// <summary>The value of absent limits in a token: 0 in a user of version 2, -1 in a user of version 1 and in a scope.</summary>
    internal long AbsentLimit { get => absentLimit; set => Set(ref absentLimit, value); }

    internal override void Map(ClaimMap map)
    {
        base.Map(map);
        map.Texts("src", ref src, commaSeparated: true);
        map.Objects("times", ref times);
        map.Text("times_location", ref timesLocation);
        map.Integer("subs", ref subs, absent: AbsentLimit);
        map.Integer("data", ref data, absent: AbsentLimit);
        map.Integer("payload", ref payload, absent: AbsentLimit);
        map.Flag("bearer_token", ref bearerToken);
        map.Flag("proxy_required", ref proxyRequired);
        map.Texts("allowed_connection_types", ref allowedConnectionTypes);
    }

    /// <summary>Whether there are no permissions and all limits are 0, as servers require of users of a scoped signing key.</summary>
    internal bool IsCleared => HasNothingOwn && (Subs, Data, Payload) == (0, 0, 0);

    /// <summary>Whether these are the permissions of a new user: everything is allowed, without limits.</summary>
    internal bool IsDefault => HasNothingOwn && (Subs, Data, Payload) == (LimitParser.Unlimited, LimitParser.Unlimited, LimitParser.Unlimited);

    private bool HasNothingOwn =>
        Pub.Allow.Count + Pub.Deny.Count + Sub.Allow.Count + Sub.Deny.Count + Src.Count + Times.Count + AllowedConnectionTypes.Count == 0
        && Resp is null && string.IsNullOrEmpty(TimesLocation) && !BearerToken && !ProxyRequired;

    internal void SetLimits(long limit) => Subs = Data = Payload = limit;
}
