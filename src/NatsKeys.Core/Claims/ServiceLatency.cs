namespace NatsKeys.Claims;

/// <summary>How the latency of a service is measured.</summary>
public sealed class ServiceLatency : ClaimObject
{
    /// <summary>The share of requests that is measured, 1 to 100 percent; 0 lets the requests' headers decide.</summary>
    public long Sampling { get; set; }

    /// <summary>The subject to which measurements are published.</summary>
    public string? Results { get; set; }

    internal override void Map(ClaimMap map)
    {
        Sampling = map.Sampling("sampling", Sampling);
        Results = map.Text("results", Results, always: true);
    }
}
