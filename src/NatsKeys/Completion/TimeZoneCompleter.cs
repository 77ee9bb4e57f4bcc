using System.Collections;

namespace NatsKeys.Completion;

/// <summary>Completes IANA time zones, which servers know on every platform.</summary>
public sealed class TimeZoneCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) =>
        TimeZoneInfo.GetSystemTimeZones()
            .Select(zone => (NameOf(zone), zone.DisplayName))
            .DistinctBy(zone => zone.Item1)
            .OrderBy(zone => zone.Item1, StringComparer.Ordinal);

    private static string NameOf(TimeZoneInfo zone) =>
        !zone.HasIanaId && TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out string? name) ? name : zone.Id;
}
