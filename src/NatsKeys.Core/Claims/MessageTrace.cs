namespace NatsKeys.Claims;

/// <summary>Where traces of messages go.</summary>
public sealed class MessageTrace : ClaimObject
{
    /// <summary>The subject to which traces are published.</summary>
    public string? Dest { get; set; }

    /// <summary>The share of messages that is traced, 1 to 100 percent; 0 counts as 100.</summary>
    public long Sampling { get; set; }

    internal override void Map(ClaimMap map)
    {
        Dest = map.Text("dest", Dest);
        Sampling = map.Integer("sampling", Sampling);
    }
}
