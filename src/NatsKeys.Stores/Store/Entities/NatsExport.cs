using NatsKeys.Claims;

namespace NatsKeys.Store;

/// <summary>An export of an account.</summary>
public sealed class NatsExport : AccountItem
{
    internal NatsExport(NatsAccount account, AccountExport claims)
        : base(account)
    {
        Claims = claims;
    }

    /// <summary>A name for people.</summary>
    public string? Name => Claims.Name;

    /// <summary><c>stream</c> or <c>service</c>.</summary>
    public string? Type => Claims.Type;

    /// <summary>The subject that is offered.</summary>
    public string? Subject => Claims.Subject;

    /// <summary>Whether importers need an activation.</summary>
    public bool IsPrivate => Claims.TokenReq;

    /// <summary><c>private</c> where importers need an activation, else <c>public</c>.</summary>
    public string Access => IsPrivate ? "private" : "public";

    /// <summary>A description for people.</summary>
    public string? Description => Claims.Description;

    /// <summary>Services: <c>Singleton</c>, <c>Stream</c> or <c>Chunked</c>; null where the account does not say, which means Singleton.</summary>
    public string? ResponseType => Claims.ResponseType;

    /// <summary>Services: how long an answer may take, such as <c>5s</c>; null for no limit.</summary>
    public string? ResponseThreshold => Claims.ResponseThreshold > 0 ? TimeParser.ShowDuration(Claims.ResponseThreshold) : null;

    /// <summary>Services: the subject to which latencies are reported; null for none.</summary>
    public string? LatencySubject => Claims.ServiceLatency?.Results;

    /// <summary>Services: the share of requests that is measured, in percent; 0 where headers decide. Null where nothing is measured.</summary>
    public long? LatencySampling => Claims.ServiceLatency?.Sampling;

    /// <summary>The position, from 1, of the <c>*</c> that is the importer's public key; null for none.</summary>
    public long? AccountTokenPosition => Claims.AccountTokenPosition > 0 ? Claims.AccountTokenPosition : null;

    /// <summary>Whether it is advertised.</summary>
    public bool Advertise => Claims.Advertise;

    /// <summary>Services: whether traces may come through.</summary>
    public bool AllowTrace => Claims.AllowTrace;

    /// <summary>An information URL.</summary>
    public string? InfoUrl => Claims.InfoUrl;

    /// <summary>What it has beside its type, subject and access, for people.</summary>
    public string Details => ClaimSummary.Join(Name, ClaimSummary.Traits(Claims), Description);

    /// <summary>Everything that the account states of it.</summary>
    public AccountExport GetClaims() => Claims;

    internal AccountExport Claims { get; }

    /// <summary>Its name, type, subject and access.</summary>
    public override string ToString() => TextSanitizer.Clean(
        $"{ClaimSummary.Label(Name)}{Type ?? "?"} {Subject} ({ClaimSummary.Join(Access, ClaimSummary.Traits(Claims))})");
}
