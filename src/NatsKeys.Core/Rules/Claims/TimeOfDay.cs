using System.Globalization;
using System.Text.RegularExpressions;

namespace NatsKeys.Rules;

/// <summary>The times of the day at which ranges begin and end.</summary>
internal static partial class TimeOfDay
{
    /// <summary>The time of a text; null when it is none. Parts of a second are passed over.</summary>
    public static TimeSpan? Parse(string? text) =>
        text is not null && Form().IsMatch(text) && text.Split(':', '.', ',') is [var hours, var minutes, var seconds, ..]
        ? new TimeSpan(
            int.Parse(hours, CultureInfo.InvariantCulture),
            int.Parse(minutes, CultureInfo.InvariantCulture),
            int.Parse(seconds, CultureInfo.InvariantCulture))
        : null;

    [GeneratedRegex(@"^([01]?[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.,][0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
