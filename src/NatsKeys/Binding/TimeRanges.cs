using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>Times of the day as parameters take them: <c>08:00-18:00</c>, with seconds if need be.</summary>
internal static class TimeRanges
{
    private const int LengthWithoutSeconds = 5;

    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidClaims"/>: these are no two times. What kind of times they are is a rule of claims.</exception>
    public static TimeRange Parse(string text) => text.Split('-', StringSplitOptions.TrimEntries) is [{ Length: > 0 } start, { Length: > 0 } end]
        ? new TimeRange { Start = WithSeconds(start), End = WithSeconds(end) }
        : throw new NatsKeysException(ErrorCode.InvalidClaims, $"{SecretShape.Show(text)} is no range of times of the day, such as 08:00-18:00.");

    public static bool AreSame(TimeRange left, TimeRange right) => (left.Start, left.End) == (right.Start, right.End);

    // Servers take times with seconds alone.
    private static string WithSeconds(string time) => time.Length == LengthWithoutSeconds && time[2] == ':' ? time + ":00" : time;
}
