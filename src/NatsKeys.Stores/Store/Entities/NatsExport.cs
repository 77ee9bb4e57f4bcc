using NatsKeys.Claims;

namespace NatsKeys.Store;

/// <summary>Represents an export of an account.</summary>
public sealed class NatsExport : AccountItem
{
    internal NatsExport(NatsAccount account, AccountExport claims)
        : base(account)
    {
        Claims = claims;
    }

    /// <summary>A descriptive name.</summary>
    public string? Name => Claims.Name;

    /// <summary><c>stream</c> or <c>service</c>.</summary>
    public string? Type => Claims.Type;

    /// <summary>The exported subject.</summary>
    public string? Subject => Claims.Subject;

    /// <summary>Whether importers need an activation.</summary>
    public bool IsPrivate => Claims.TokenReq;

    /// <summary><c>private</c> if importers need an activation, otherwise <c>public</c>.</summary>
    public string Access => IsPrivate ? "private" : "public";

    /// <summary>A description for people.</summary>
    public string? Description => Claims.Description;

    /// <summary>Services: <c>Singleton</c>, <c>Stream</c> or <c>Chunked</c>; null if it is not stated, which means Singleton.</summary>
    public string? ResponseType => Claims.ResponseType;

    /// <summary>Services: how long a response may take, such as <c>5s</c>; null for no limit.</summary>
    public string? ResponseThreshold => Claims.ResponseThreshold > 0 ? TimeParser.ShowDuration(Claims.ResponseThreshold) : null;

    /// <summary>Services: the subject to which latencies are reported; null for none.</summary>
    public string? LatencySubject => Claims.ServiceLatency?.Results;

    /// <summary>Services: the share of requests that is measured, in percent; 0 if message headers decide; null if nothing is measured.</summary>
    public long? LatencySampling => Claims.ServiceLatency?.Sampling;

    /// <summary>The position, from 1, of the <c>*</c> that stands for the importer's public key; null for none.</summary>
    public long? AccountTokenPosition => Claims.AccountTokenPosition > 0 ? Claims.AccountTokenPosition : null;

    /// <summary>Whether it is advertised.</summary>
    public bool Advertise => Claims.Advertise;

    /// <summary>Services: whether message traces may cross the export.</summary>
    public bool AllowTrace => Claims.AllowTrace;

    /// <summary>The URL of further information.</summary>
    public string? InfoUrl => Claims.InfoUrl;

    /// <summary>Its properties other than type, subject and access, as readable text.</summary>
    public string Details => ClaimSummary.Join(Name, ClaimSummary.Traits(Claims), Description);

    /// <summary>Gets its complete claims.</summary>
    public AccountExport GetClaims() => Claims;

    internal AccountExport Claims { get; }

    /// <summary>Returns its name, type, subject and access.</summary>
    public override string ToString() => TextSanitizer.Clean(
        $"{ClaimSummary.Label(Name)}{Type ?? "?"} {Subject} ({ClaimSummary.Join(Access, ClaimSummary.Traits(Claims))})");
}
