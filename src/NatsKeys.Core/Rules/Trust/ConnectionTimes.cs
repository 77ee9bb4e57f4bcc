using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>Evaluates the times of day at which a user may be connected.</summary>
internal static class ConnectionTimes
{
    /// <summary>
    /// Gets the end of the current time range, or the latest end if there are several; null if there is none. A range whose start equals its end is
    /// always empty.
    /// </summary>
    /// <param name="permissions">The permissions in force.</param>
    /// <param name="now">The time.</param>
    /// <param name="server">The version of the server; null for the newest.</param>
    public static DateTimeOffset? EndOfRange(UserPermissions permissions, DateTimeOffset now, ServerVersion? server = null)
    {
        bool holdsAfterMidnight = server?.Has(ServerFeature.HoursOverMidnight) != false;

        // Servers do not validate the template of a role. If its time zone is invalid, no range applies.
        if ((string.IsNullOrEmpty(permissions.TimesLocation) ? TimeZoneInfo.Local : TimeZones.Find(permissions.TimesLocation)) is not { } zone)
        {
            return null;
        }

        DateTime local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        DateTimeOffset? last = null;
        foreach (TimeRange range in permissions.Times)
        {
            // Servers do not validate the template of a role. They stop at the first invalid time.
            if (TimeOfDay.Parse(range.Start) is not { } start || TimeOfDay.Parse(range.End) is not { } end)
            {
                return null;
            }

            // A range that starts later than it ends crosses midnight, and may have started yesterday.
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

            // Older servers use the first range that applies.
            if (last is not null && !holdsAfterMidnight)
            {
                return last;
            }
        }

        return last;
    }
}
