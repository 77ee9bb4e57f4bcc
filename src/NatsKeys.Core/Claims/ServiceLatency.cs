namespace NatsKeys.Claims;

/// <summary>How the latency of a service is measured.</summary>
public sealed class ServiceLatency : ClaimObject
{
    private long sampling;
    private string? results;

    /// <summary>The share of requests that is measured, 1 to 100 percent; 0 lets the requests' headers decide.</summary>
    public long Sampling { get => sampling; set => Set(ref sampling, value); }

    /// <summary>The subject to which measurements are published.</summary>
    public string? Results { get => results; set => Set(ref results, value); }

    internal override void Map(ClaimMap map)
    {
        map.Sampling("sampling", ref sampling);
        map.Text("results", ref results, always: true);
    }
}
