namespace NatsKeys.Claims;

/// <summary>Permission to publish on the reply subjects of received requests.</summary>
public sealed class ResponsePermission : ClaimObject
{
    private long max;
    private long ttl;

    /// <summary>The number of answers to one request; servers take 0 for 1, and a negative number for no limit.</summary>
    public long Max { get => max; set => Set(ref max, value); }

    /// <summary>How long answers may be sent, in nanoseconds; servers take 0 for two minutes.</summary>
    public long Ttl { get => ttl; set => Set(ref ttl, value); }

    internal override void Map(ClaimMap map)
    {
        map.Integer("max", ref max, always: true);
        map.Integer("ttl", ref ttl, always: true);
    }
}
