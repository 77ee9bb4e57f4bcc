namespace NatsKeys.Core.Tests.Store;

/// <summary>A clock that stands still until it is set.</summary>
internal sealed class MovingClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = Start;

    public override DateTimeOffset GetUtcNow() => Now;
}
