namespace NatsKeys.Core.Tests.Jwt;

/// <summary>A clock that stands still.</summary>
public sealed class FixedClock(long unixSeconds) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(unixSeconds);
}
