using System.Globalization;
using System.Text.RegularExpressions;

namespace NatsKeys.Rules;

/// <summary>Parses the times of day at which ranges begin and end.</summary>
internal static partial class TimeOfDay
{
    /// <summary>Parses a time of day; null if it is not valid. Fractions of a second are ignored.</summary>
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
