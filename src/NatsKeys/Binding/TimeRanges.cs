using NatsKeys.Claims;

namespace NatsKeys.Binding;

/// <summary>Times of the day as parameters take them: <c>08:00:00-18:00:00</c>.</summary>
internal static class TimeRanges
{
    public static TimeRange Parse(string text)
    {
        string[] ends = text.Split('-');
        return new TimeRange { Start = ends[0].Trim(), End = ends[1].Trim() };
    }

    public static bool AreSame(TimeRange left, TimeRange right) => (left.Start, left.End) == (right.Start, right.End);
}
