namespace NatsKeys.Claims;

/// <summary>Something that an account offers to other accounts.</summary>
public sealed class AccountExport : ClaimObject
{
    /// <summary>A name for people.</summary>
    public string? Name { get; set; }

    /// <summary>The subject that is offered.</summary>
    public string? Subject { get; set; }

    /// <summary><c>stream</c> or <c>service</c>.</summary>
    public string? Type { get; set; }

    /// <summary>Whether importers need an activation token.</summary>
    public bool TokenReq { get; set; }

    /// <summary>Per account public key, or <c>*</c>: activations issued up to this Unix second are refused.</summary>
    public ClaimTable<long> Revocations { get; set; } = [];

    /// <summary>Services: <c>Singleton</c> (also when absent), <c>Stream</c> or <c>Chunked</c>.</summary>
    public string? ResponseType { get; set; }

    /// <summary>Services: how long a response may take, in nanoseconds.</summary>
    public long ResponseThreshold { get; set; }

    /// <summary>Services: where latencies are reported.</summary>
    public ServiceLatency? ServiceLatency { get; set; }

    /// <summary>The 1 based position of the <c>*</c> that stands for the importer's public key; 0 for none.</summary>
    public long AccountTokenPosition { get; set; }

    /// <summary>Whether the export is advertised.</summary>
    public bool Advertise { get; set; }

    /// <summary>Whether traces may come through (services).</summary>
    public bool AllowTrace { get; set; }

    /// <summary>A description for people.</summary>
    public string? Description { get; set; }

    /// <summary>An address where more is said.</summary>
    public string? InfoUrl { get; set; }

    internal override void Map(ClaimMap map)
    {
        Name = map.Text("name", Name);
        Subject = map.Text("subject", Subject);
        Type = map.StreamOrService("type", Type);
        TokenReq = map.Flag("token_req", TokenReq);
        Revocations = map.IntegerMap("revocations", Revocations);
        ResponseType = map.Text("response_type", ResponseType);
        ResponseThreshold = map.Integer("response_threshold", ResponseThreshold);
        ServiceLatency = map.Optional("service_latency", ServiceLatency);
        AccountTokenPosition = map.Integer("account_token_position", AccountTokenPosition, minimum: 0);
        Advertise = map.Flag("advertise", Advertise);
        AllowTrace = map.Flag("allow_trace", AllowTrace);
        Description = map.Text("description", Description);
        InfoUrl = map.Text("info_url", InfoUrl);
    }
}
