using NatsKeys.Errors;

namespace NatsKeys.Binding;

/// <summary>A point in time: a date, a duration from now, text for either, or <c>Never</c>.</summary>
public sealed class TimeArgument : IReadLater
{
    private readonly Func<DateTimeOffset, DateTimeOffset?> resolve;
    private readonly string shown = "(a time)";

    /// <summary>Creates the argument from a date. Without a kind it is local time.</summary>
    /// <param name="date">The date.</param>
    public TimeArgument(DateTime date) => resolve = _ => new DateTimeOffset(date);

    /// <summary>Creates the argument from a date.</summary>
    /// <param name="date">The date.</param>
    public TimeArgument(DateTimeOffset date) => resolve = _ => date;

    /// <summary>Creates the argument from a duration from now on.</summary>
    /// <param name="duration">The duration.</param>
    public TimeArgument(TimeSpan duration) => resolve = now => now + duration;

    /// <summary>Creates the argument from text such as <c>30d</c>, <c>1d12h</c>, <c>2027-01-31</c> or <c>Never</c>.</summary>
    /// <param name="text">The text.</param>
    public TimeArgument(string text)
    {
        // The text is read later. If the constructor failed, PowerShell would ignore the column of a table, and the item would be created without the
        // time.
        shown = text;
        resolve = text.Trim().Equals("never", StringComparison.OrdinalIgnoreCase) ? _ => null : now => TimeParser.ParseTyped(text, now);
    }

    void IReadLater.Check() => Resolve();

    /// <summary>The text; a placeholder if none was given.</summary>
    public override string ToString() => shown;

    /// <summary>The point in time; null for never.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidTime"/>: the text is not valid.</exception>
    internal DateTimeOffset? Resolve() => resolve(TimeProvider.System.GetUtcNow());

    /// <summary>The point in time, for a parameter for which never has no meaning.</summary>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="remedy">What to do instead of never.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidTime"/>: the text is not valid, or it is never.</exception>
    internal DateTimeOffset Require(string parameter, string remedy) => Resolve()
        ?? throw new AdvisedException(ErrorCode.InvalidTime, $"-{parameter} requires a time, and '{shown}' is none. {remedy}");
}
