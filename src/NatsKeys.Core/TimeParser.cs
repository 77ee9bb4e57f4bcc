using System.Globalization;
using System.Text.RegularExpressions;

namespace NatsKeys;

/// <summary>
/// Parses and formats durations and dates as people write them: <c>30d</c>, <c>1d12h</c>, <c>2027-01-31</c>. Text that is not completely understood
/// is an error.
/// </summary>
internal static partial class TimeParser
{
    private static readonly string[] DateFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss 'UTC'", "yyyy-MM-dd HH:mm:ssK",
    ];

    // In files, the schema allows only the forms above.
    private static readonly string[] TypedFormats = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm 'UTC'", "yyyy-MM-dd HH:mmK"];

    /// <summary>Formats a date in UTC; "Never" for none.</summary>
    /// <param name="date">The date.</param>
    public static string Show(DateTimeOffset? date) =>
        date?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "Never";

    /// <summary>
    /// Formats a duration in the form that is parsed: <c>5s</c>, <c>1m30s</c>. Milliseconds have the unit <c>ms</c>. A duration with a finer
    /// resolution is written only in <c>ns</c>.
    /// </summary>
    /// <param name="nanoseconds">The duration.</param>
    public static string ShowDuration(long nanoseconds)
    {
        const long second = 1_000_000_000;
        const long millisecond = 1_000_000;
        if (nanoseconds <= 0 || nanoseconds % millisecond != 0)
        {
            return nanoseconds == 0 ? "0s" : string.Create(CultureInfo.InvariantCulture, $"{nanoseconds}ns");
        }

        (long seconds, long rest) = Math.DivRem(nanoseconds, second);
        (long Value, string Unit)[] parts =
        [
            (seconds / 86400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s"), (rest / millisecond, "ms"),
        ];
        return string.Concat(parts
            .Where(part => part.Value > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Value}{part.Unit}")));
    }

    /// <summary>Parses a point in time: a date, or a duration from now.</summary>
    /// <param name="text">
    /// A date (UTC if it has no zone), or numbers with units, largest first: <c>y</c> and <c>M</c> (calendar steps), <c>w</c>, <c>d</c>, <c>h</c>,
    /// <c>m</c>, <c>s</c>.
    /// </param>
    /// <param name="now">The time from which durations count.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidTime"/>: the text is not completely understood.</exception>
    public static DateTimeOffset Parse(string text, DateTimeOffset now)
    {
        if (!IsDuration(text))
        {
            return ParseDate(text);
        }

        Match match = Duration().Match(text);
        try
        {
            return now
                .AddYears(Number(match, "y")).AddMonths(Number(match, "M"))
                .AddDays((7.0 * Number(match, "w")) + Number(match, "d"))
                .AddHours(Number(match, "h")).AddMinutes(Number(match, "m")).AddSeconds(Number(match, "s"));
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            throw new NatsKeysException(ErrorCode.InvalidTime, $"The duration '{text}' is too long: the date would be after the year 9999.", error);
        }
    }

    /// <summary>Parses a duration.</summary>
    /// <param name="text">Numbers with units such as <c>5s</c>, <c>1m30s</c> or <c>2h</c>, or <c>hh:mm:ss</c> as time spans are written.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidTime"/>: the text is not completely understood.</exception>
    public static TimeSpan ParseDuration(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span))
        {
            return span;
        }

        return IsDuration(text)
            ? Parse(text, DateTimeOffset.UnixEpoch) - DateTimeOffset.UnixEpoch
            : throw new NatsKeysException(ErrorCode.InvalidTime, $"'{text}' is not a duration such as 30d, 1m30s, 5s or 00:00:05.")
            {
                IsExplained = true,
            };
    }

    /// <summary>Parses a point in time that was typed, or that a table has: also without seconds, and as .NET writes it.</summary>
    /// <param name="text">
    /// A text that <see cref="Parse"/> reads, or a date with its offset as .NET writes it in the current culture or in the invariant one.
    /// </param>
    /// <param name="now">The time from which durations count.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidTime"/>: the text is not completely understood.</exception>
    public static DateTimeOffset ParseTyped(string text, DateTimeOffset now) =>
        DateTimeOffset.TryParseExact(text.Trim(), TypedFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? date
            : Written(text.Trim()) ?? Parse(text, now);

    /// <summary>Parses a date. Without a zone, it is UTC.</summary>
    /// <param name="text">The date, for example <c>2027-01-31</c> or <c>2027-01-31T12:00:00Z</c>.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidTime"/>: the text is not completely understood.</exception>
    public static DateTimeOffset ParseDate(string text) =>
        DateTimeOffset.TryParseExact(text.Trim(), DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? date
            : throw new NatsKeysException(ErrorCode.InvalidTime, IsDuration(text)
                ? $"'{text}' is a duration, but a date is required, such as 2027-01-31 or 2027-01-31T12:00:00Z."
                : $"'{text}' is neither a date such as 2027-01-31 or 2027-01-31T12:00:00Z nor a duration such as 30d, 12h or 1d12h.")
            {
                IsExplained = true,
            };

    /// <summary>
    /// Reads a date as tables have it, which is written in the culture of a session. Day and month may stand in either order, so the text must come
    /// out of the date again, and only one date may be meant.
    /// </summary>
    private static DateTimeOffset? Written(string text)
    {
        const int months = 12;
        if (EitherOrder().Match(text) is { Success: true } match && Number(match, "one") is <= months and var one
            && Number(match, "other") is <= months and var other && one != other)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidTime,
                $"'{text}' may begin with the day or with the month. Write the date as 2027-01-31T12:00:00Z, as .NET's ToString('o') does.");
        }

        var meant = new HashSet<DateTimeOffset>();
        foreach (CultureInfo culture in new[] { CultureInfo.CurrentCulture, CultureInfo.InvariantCulture })
        {
            if (DateTimeOffset.TryParse(text, culture, DateTimeStyles.None, out DateTimeOffset date) && date.ToString(culture) == text)
            {
                meant.Add(date);
            }
        }

        return meant.Count == 1 ? meant.Single() : null;
    }

    private static bool IsDuration(string text) =>
        Duration().Match(text) is { Success: true } match && match.Groups.Values.Skip(1).Any(unit => unit.Success);

    // Many cultures write dates in this form, some with the day first and some, such as the invariant one, with the month.
    [GeneratedRegex(
        @"^(?<one>[0-9]{2})/(?<other>[0-9]{2})/[0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{2}:[0-9]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex EitherOrder();

    private static int Number(Match match, string unit) =>
        match.Groups[unit] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^\s*(?:(?<y>[0-9]{1,9})y)?(?:(?<M>[0-9]{1,9})M)?(?:(?<w>[0-9]{1,9})w)?(?:(?<d>[0-9]{1,9})d)?"
            + @"(?:(?<h>[0-9]{1,9})h)?(?:(?<m>[0-9]{1,9})m)?(?:(?<s>[0-9]{1,9})s)?\s*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
