namespace NatsKeys.Validation;

/// <summary>The time zones of users' times of the day.</summary>
internal static class TimeZones
{
    /// <summary>The zone of a name; null when it is not known. Where none is named it is the local time of the server, which is not asked for here.</summary>
    public static TimeZoneInfo? Find(string name)
    {
        if (name == "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        bool tricky = name.Contains("..", StringComparison.Ordinal) || name.StartsWith('/') || name.StartsWith('\\');
        return name == "Local" ? TimeZoneInfo.Local : !tricky && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : null;
    }
}
