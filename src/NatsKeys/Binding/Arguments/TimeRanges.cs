using NatsKeys.Claims;

namespace NatsKeys.Binding;

/// <summary>Parses time ranges such as <c>08:00-18:00</c>, with optional seconds.</summary>
internal static class TimeRanges
{
    private const int LengthWithoutSeconds = 5;

    /// <summary>Parses a time range; null if the text does not have two times.</summary>
    public static TimeRange? Parse(string text) => text.Split('-', StringSplitOptions.TrimEntries) is [{ Length: > 0 } start, { Length: > 0 } end]
        ? new TimeRange { Start = WithSeconds(start), End = WithSeconds(end) }
        : null;

    /// <summary>Adds the time ranges that are not in the list yet.</summary>
    public static void Add(ClaimList<TimeRange> times, IEnumerable<string> texts)
    {
        foreach (TimeRange range in texts.Select(Parse).OfType<TimeRange>())
        {
            if (!times.Any(other => AreSame(range, other)))
            {
                times.Add(range);
            }
        }
    }

    public static bool AreSame(TimeRange left, TimeRange right) => (left.Start, left.End) == (right.Start, right.End);

    // Servers require seconds.
    private static string WithSeconds(string time) => time.Length == LengthWithoutSeconds && time[2] == ':' ? time + ":00" : time;
}
