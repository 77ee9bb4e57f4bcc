namespace NatsKeys.Rules;

/// <summary>The time zones of users' times of the day.</summary>
internal static class TimeZones
{
    /// <summary>
    /// The zone of a name; null when it is not known. Where none is named it is the local time of the server, which is not asked for here.
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

        // Servers look for a file of this very name. .NET knows the names of Windows, too, and once it has met a zone its name in any case.
        return !TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out _)
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
            && zone.Id == name
            ? zone
            : null;
    }
}
