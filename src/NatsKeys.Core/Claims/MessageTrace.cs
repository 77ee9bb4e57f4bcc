namespace NatsKeys.Claims;

/// <summary>The message tracing of an account.</summary>
public sealed class MessageTrace : ClaimObject
{
    private string? dest;
    private long sampling;

    /// <summary>The subject to which traces are published.</summary>
    public string? Dest { get => dest; set => Set(ref dest, value); }

    /// <summary>The percentage of messages that are traced, 1 to 100; 0 counts as 100.</summary>
    public long Sampling { get => sampling; set => Set(ref sampling, value); }

    internal override void Map(ClaimMap map)
    {
        map.Text("dest", ref dest);
        map.Integer("sampling", ref sampling);
    }
}
