using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>The times of the day at which a user may be connected.</summary>
internal static class TimesOfDay
{
    /// <summary>
    /// The end of the ranges that hold now, the latest of several; null when none does. A range whose start equals its end never holds.
    /// </summary>
    /// <param name="permissions">The permissions in force.</param>
    /// <param name="now">The time.</param>
    /// <param name="server">The version of the server; null for the newest.</param>
    public static DateTimeOffset? EndOfRange(UserPermissions permissions, DateTimeOffset now, ServerVersion? server = null)
    {
        bool holdsAfterMidnight = server?.Has(ServerFeature.HoursOverMidnight) != false;

        // The template of a role is checked by nobody: where its zone is none, no range holds.
        if ((string.IsNullOrEmpty(permissions.TimesLocation) ? TimeZoneInfo.Local : TimeZones.Find(permissions.TimesLocation)) is not { } zone)
        {
            return null;
        }

        DateTime local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        DateTimeOffset? last = null;
        foreach (TimeRange range in permissions.Times)
        {
            // The template of a role is checked by nobody. Servers go no further than what is no time.
            if (TimeOfDay.Parse(range.Start) is not { } start || TimeOfDay.Parse(range.End) is not { } end)
            {
                return holdsAfterMidnight ? null : last;
            }

            // A range that starts after it ends crosses midnight: it may have begun yesterday.
            DateTime[] days = start > end && holdsAfterMidnight ? [local.Date, local.Date.AddDays(-1)] : [local.Date];
            foreach (DateTime day in days)
            {
                DateTime from = day + start;
                DateTime to = day + end + (start > end ? TimeSpan.FromDays(1) : TimeSpan.Zero);
                if (from < local && local < to && (last is null || now + (to - local) > last))
                {
                    last = now + (to - local);
                }
            }

            // Older servers take the first range that holds.
            if (last is not null && !holdsAfterMidnight)
            {
                return last;
            }
        }

        return last;
    }
}
