namespace NatsKeys.Rules;

/// <summary>Finds the time zones of users' times of day.</summary>
internal static class TimeZones
{
    /// <summary>
    /// Finds a zone by name; null if it is unknown. Users without a zone use the local time of the server, which the caller handles.
    /// </summary>
    public static TimeZoneInfo? Find(string name)
    {
        if (name == "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        bool tricky = name.Contains("..", StringComparison.Ordinal) || name.StartsWith('/') || name.StartsWith('\\');
        if (name == "Local" || tricky)
        {
            return tricky ? null : TimeZoneInfo.Local;
        }

        // Servers look for a file with exactly this name. .NET also accepts Windows names, and finds a zone that it has already loaded in any case.
        return !TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out _)
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
            && zone.Id == name
            ? zone
            : null;
    }
}
