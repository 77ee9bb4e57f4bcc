using NatsKeys.Claims;

namespace NatsKeys.Binding;

/// <summary>Times of the day as parameters take them: <c>08:00-18:00</c>, with seconds if need be.</summary>
internal static class TimeRanges
{
    private const int LengthWithoutSeconds = 5;

    /// <summary>The times of a text; null where it has not two of them.</summary>
    public static TimeRange? Parse(string text) => text.Split('-', StringSplitOptions.TrimEntries) is [{ Length: > 0 } start, { Length: > 0 } end]
        ? new TimeRange { Start = WithSeconds(start), End = WithSeconds(end) }
        : null;

    /// <summary>Adds the times of texts that are not there yet.</summary>
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

    // Servers take times with seconds alone.
    private static string WithSeconds(string time) => time.Length == LengthWithoutSeconds && time[2] == ':' ? time + ":00" : time;
}
