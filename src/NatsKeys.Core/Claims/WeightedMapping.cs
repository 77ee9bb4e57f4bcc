namespace NatsKeys.Claims;

/// <summary>One target of a subject mapping.</summary>
public sealed class WeightedMapping : ClaimObject
{
    /// <summary>All of the messages, in percent.</summary>
    internal const int Whole = 100;

    /// <summary>Where messages go.</summary>
    public string? Subject { get; set; }

    /// <summary>The share in percent; 0 counts as 100.</summary>
    public long Weight { get; set; }

    /// <summary>The cluster in which this target applies; none means all.</summary>
    public string? Cluster { get; set; }

    /// <summary>The share in percent, for people.</summary>
    internal long Share => Weight == 0 ? Whole : Weight;

    internal override void Map(ClaimMap map)
    {
        Subject = map.Text("subject", Subject, always: true);
        Weight = map.Integer("weight", Weight, minimum: 0, maximum: byte.MaxValue);
        Cluster = map.Text("cluster", Cluster);
    }
}
