using NatsKeys.Server;
using NatsKeys.Store;
using NatsKeys.Validation;

namespace NatsKeys.Formatting;

/// <summary>
/// What stands out in the default views. The colours come from the view definitions, which know the session's <c>$PSStyle</c>; the engine
/// drops them where the text goes into a file, and where colours are not wanted.
/// </summary>
public static class ViewMark
{
    private const int DaysToSay = 30;
    private const string Reset = "\u001b[0m";

    /// <summary>A state, severity, outcome or answer, in the colour of how bad it is.</summary>
    /// <param name="value">It.</param>
    /// <param name="warning">The sequence of what needs a look.</param>
    /// <param name="error">The sequence of what does not work.</param>
    public static string Of(object value, string? warning, string? error) => In(ColourOf(value, warning, error), value.ToString()!);

    /// <summary>An expiry; one that is near or past stands out.</summary>
    /// <param name="date">The expiry; null for none.</param>
    /// <param name="warning">The sequence of one that is near.</param>
    /// <param name="error">The sequence of one that is past.</param>
    public static string Expiry(DateTimeOffset? date, string? warning, string? error)
    {
        TimeSpan? left = date - DateTimeOffset.UtcNow;
        string? colour = left <= TimeSpan.Zero ? error : left <= TimeSpan.FromDays(DaysToSay) ? warning : null;
        return In(colour, ViewText.Date(date));
    }

    private static string? ColourOf(object value, string? warning, string? error) => value switch
    {
        EntityState.Expired or EntityState.Untrusted => error,
        EntityState.Unsigned or EntityState.Modified or EntityState.NotYetValid => warning,
        FindingSeverity.Error or FindingSeverity.Time => error,
        FindingSeverity.Warning => warning,
        ServerOutcome.Refused => error,
        ServerAccountState.Missing or ServerAccountState.Different or ServerAccountState.Foreign => error,
        ServerAccountState.Older or ServerAccountState.Newer or ServerAccountState.OnlyOnServer => warning,
        false => error,
        _ => null,
    };

    private static string In(string? colour, string text) => string.IsNullOrEmpty(colour) ? text : $"{colour}{text}{Reset}";
}
