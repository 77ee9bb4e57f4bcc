namespace NatsKeys.Claims;

/// <summary>Permission to publish on the reply subjects of received requests.</summary>
public sealed class ResponsePermission : ClaimObject
{
    /// <summary>The number of answers to one request; servers take 0 for 1, and a negative number for no limit.</summary>
    public long Max { get; set; }

    /// <summary>How long answers may be sent, in nanoseconds; servers take 0 for two minutes.</summary>
    public long Ttl { get; set; }

    internal override void Map(ClaimMap map)
    {
        Max = map.Integer("max", Max, always: true);
        Ttl = map.Integer("ttl", Ttl, always: true);
    }
}
