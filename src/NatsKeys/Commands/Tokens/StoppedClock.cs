namespace NatsKeys.Commands;

/// <summary>A clock that shows the time that was asked for.</summary>
internal sealed class StoppedClock(DateTimeOffset time) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => time;
}
