namespace NatsKeys.Binding;

/// <summary>A point in time: a date, a duration from now on, or text for either.</summary>
public sealed class TimeArgument
{
    private readonly Func<DateTimeOffset, DateTimeOffset> resolve;

    /// <summary>Takes a date. Without a kind it is local time.</summary>
    /// <param name="date">The date.</param>
    public TimeArgument(DateTime date) => resolve = _ => new DateTimeOffset(date);

    /// <summary>Takes a date.</summary>
    /// <param name="date">The date.</param>
    public TimeArgument(DateTimeOffset date) => resolve = _ => date;

    /// <summary>Takes a duration from now on.</summary>
    /// <param name="duration">The duration.</param>
    public TimeArgument(TimeSpan duration) => resolve = now => now + duration;

    /// <summary>Takes text such as <c>30d</c>, <c>1d12h</c> or <c>2027-01-31</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidTime"/>: the text is not wholly understood.</exception>
    public TimeArgument(string text)
    {
        _ = TimeText.Parse(text, DateTimeOffset.UnixEpoch);
        resolve = now => TimeText.Parse(text, now);
    }

    /// <summary>The point in time.</summary>
    internal DateTimeOffset Resolve() => resolve(TimeProvider.System.GetUtcNow());
}
