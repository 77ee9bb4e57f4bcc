namespace NatsKeys.Claims;

/// <summary>The permission to publish on the reply subjects of received requests.</summary>
public sealed class ResponsePermission : ClaimObject
{
    private long max;
    private long ttl;

    /// <summary>The maximum number of responses to a request. Servers read 0 as 1, and a negative number as no limit.</summary>
    public long Max { get => max; set => Set(ref max, value); }

    /// <summary>The time limit for responses, in nanoseconds. Servers read 0 as two minutes.</summary>
    public long Ttl { get => ttl; set => Set(ref ttl, value); }

    internal override void Map(ClaimMap map)
    {
        map.Integer("max", ref max, always: true);
        map.Integer("ttl", ref ttl, always: true);
    }
}
