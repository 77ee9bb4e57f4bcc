namespace NatsKeys.Claims;

/// <summary>One target of a subject mapping.</summary>
public sealed class WeightedMapping : ClaimObject
{
    /// <summary>The weight of all messages, in percent.</summary>
    internal const int Whole = 100;

    private string? subject;
    private long weight;
    private string? cluster;

    /// <summary>The target subject.</summary>
    public string? Subject { get => subject; set => Set(ref subject, value); }

    /// <summary>The percentage of messages; 0 counts as 100.</summary>
    public long Weight { get => weight; set => Set(ref weight, value); }

    /// <summary>The cluster in which this target applies; null for all.</summary>
    public string? Cluster { get => cluster; set => Set(ref cluster, value); }

    /// <summary>The percentage of messages, for display.</summary>
    internal long Share => Weight == 0 ? Whole : Weight;

    internal override void Map(ClaimMap map)
    {
        map.Text("subject", ref subject, always: true);
        map.Integer("weight", ref weight, minimum: 0, maximum: byte.MaxValue);
        map.Text("cluster", ref cluster);
    }
}
