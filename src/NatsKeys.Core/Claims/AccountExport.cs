namespace NatsKeys.Claims;

/// <summary>An export of an account.</summary>
public sealed class AccountExport : ClaimObject
{
    private string? name;
    private string? subject;
    private string? type;
    private bool tokenReq;
    private ClaimTable<long> revocations = [];
    private string? responseType;
    private long responseThreshold;
    private ServiceLatency? serviceLatency;
    private long accountTokenPosition;
    private bool advertise;
    private bool allowTrace;
    private string? description;
    private string? infoUrl;

    /// <summary>The display name.</summary>
    public string? Name { get => name; set => Set(ref name, value); }

    /// <summary>The exported subject.</summary>
    public string? Subject { get => subject; set => Set(ref subject, value); }

    /// <summary><c>stream</c> or <c>service</c>.</summary>
    public string? Type { get => type; set => Set(ref type, value); }

    /// <summary>Whether importers need an activation token.</summary>
    public bool TokenReq { get => tokenReq; set => Set(ref tokenReq, value); }

    /// <summary>
    /// The revocations. Activations of the account public key, or of all accounts for <c>*</c>, that were issued up to this Unix second are refused.
    /// </summary>
    public ClaimTable<long> Revocations { get => revocations; set => Set(ref revocations, value); }

    /// <summary>The response type of a service: <c>Singleton</c> (the default), <c>Stream</c> or <c>Chunked</c>.</summary>
    public string? ResponseType { get => responseType; set => Set(ref responseType, value); }

    /// <summary>The time limit of a service's response, in nanoseconds.</summary>
    public long ResponseThreshold { get => responseThreshold; set => Set(ref responseThreshold, value); }

    /// <summary>The latency measurement of a service; null for none.</summary>
    public ServiceLatency? ServiceLatency { get => serviceLatency; set => Set(ref serviceLatency, value); }

    /// <summary>The position, from 1, of the <c>*</c> that stands for the importer's public key; 0 for none.</summary>
    public long AccountTokenPosition { get => accountTokenPosition; set => Set(ref accountTokenPosition, value); }

    /// <summary>Whether the export is advertised.</summary>
    public bool Advertise { get => advertise; set => Set(ref advertise, value); }

    /// <summary>Whether message traces may pass (services).</summary>
    public bool AllowTrace { get => allowTrace; set => Set(ref allowTrace, value); }

    /// <summary>The description.</summary>
    public string? Description { get => description; set => Set(ref description, value); }

    /// <summary>An information URL.</summary>
    public string? InfoUrl { get => infoUrl; set => Set(ref infoUrl, value); }

    internal override void Map(ClaimMap map)
    {
        map.Text("name", ref name);
        map.Text("subject", ref subject);
        map.StreamOrService("type", ref type);
        map.Flag("token_req", ref tokenReq);
        map.IntegerMap("revocations", ref revocations);
        map.Text("response_type", ref responseType);
        map.Integer("response_threshold", ref responseThreshold);
        map.Optional("service_latency", ref serviceLatency);
        map.Integer("account_token_position", ref accountTokenPosition, minimum: 0);
        map.Flag("advertise", ref advertise);
        map.Flag("allow_trace", ref allowTrace);
        map.Text("description", ref description);
        map.Text("info_url", ref infoUrl);
    }
}
