namespace NatsKeys.Claims;

/// <summary>The latency measurement of a service.</summary>
public sealed class ServiceLatency : ClaimObject
{
    private long sampling;
    private string? results;

    /// <summary>The percentage of requests that are measured, 1 to 100; 0 lets the requests' headers decide.</summary>
    public long Sampling { get => sampling; set => Set(ref sampling, value); }

    /// <summary>The subject to which measurements are published.</summary>
    public string? Results { get => results; set => Set(ref results, value); }

    internal override void Map(ClaimMap map)
    {
        map.Sampling("sampling", ref sampling);
        map.Text("results", ref results, always: true);
    }
}
