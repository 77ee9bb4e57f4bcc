using NatsKeys.Claims;
using NatsKeys.Validation;

namespace NatsKeys.Trust;

/// <summary>The times of the day at which a user may be connected.</summary>
internal static class TimesOfDay
{
    /// <summary>The end of the range that holds now; null when none does. A range whose start equals its end never holds.</summary>
    public static DateTimeOffset? EndOfRange(UserPermissions permissions, DateTimeOffset now)
    {
        TimeZoneInfo zone = string.IsNullOrEmpty(permissions.TimesLocation) ? TimeZoneInfo.Local : TimeZones.Find(permissions.TimesLocation) ?? TimeZoneInfo.Utc;
        DateTime local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        foreach (TimeRange range in permissions.Times)
        {
            // The template of a role is checked by nobody, and may have what is no time.
            if (TimeOfDay.Parse(range.Start) is not { } start || TimeOfDay.Parse(range.End) is not { } end || start == end)
            {
                continue;
            }

            // A range that starts after it ends crosses midnight: it may have begun yesterday.
            foreach (DateTime day in new[] { local.Date, local.Date.AddDays(-1) })
            {
                DateTime from = day + start;
                DateTime to = day + end + (start > end ? TimeSpan.FromDays(1) : TimeSpan.Zero);
                if (from < local && local < to)
                {
                    return now + (to - local);
                }
            }
        }

        return null;
    }
}
