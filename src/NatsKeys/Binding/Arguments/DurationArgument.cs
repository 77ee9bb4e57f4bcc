namespace NatsKeys.Binding;

/// <summary>
/// A duration: a time span, or text such as <c>5s</c>. A number without a unit is refused, because PowerShell would read it as ticks or days.
/// </summary>
public sealed class DurationArgument : IReadLater
{
    private readonly Func<TimeSpan> read;

    /// <summary>Creates the argument from a time span.</summary>
    /// <param name="duration">The time span.</param>
    public DurationArgument(TimeSpan duration) => read = () => duration;

    /// <summary>Creates the argument from text.</summary>
    /// <param name="text">Text such as <c>5s</c>, <c>1m30s</c> or <c>00:00:05</c>.</param>
    public DurationArgument(string text) => read = () => TimeParser.ParseDuration(text);

    void IReadLater.Check() => read();

    /// <summary>The duration.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidTime"/>: the text is not valid, or the duration is negative.</exception>
    internal TimeSpan Duration => read() is var duration && duration >= TimeSpan.Zero
        ? duration
        : throw new NatsKeysException(ErrorCode.InvalidTime, $"The duration {duration} is negative.") { IsExplained = true };

    /// <summary>The duration as a timeout.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidTime"/>: the text is not valid, or the duration is zero, negative or too long.
    /// </exception>
    internal TimeSpan Patience => read() is { } duration && duration > TimeSpan.Zero && duration.TotalMilliseconds < int.MaxValue
        ? duration
        : throw new NatsKeysException(
            ErrorCode.InvalidTime, $"{read()} is not a valid timeout. It must be positive and shorter than 24 days.") { IsExplained = true };

    /// <summary>The duration in nanoseconds, as in tokens.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidTime"/>: the text is not valid, or the duration is too long for a token.
    /// </exception>
    internal long Nanoseconds
    {
        get
        {
            TimeSpan duration = Duration;
            try
            {
                return checked(duration.Ticks * TimeSpan.NanosecondsPerTick);
            }
            catch (OverflowException error)
            {
                throw new NatsKeysException(ErrorCode.InvalidTime, $"The duration {duration} is longer than a token can carry.", error)
                {
                    IsExplained = true,
                };
            }
        }
    }
}
