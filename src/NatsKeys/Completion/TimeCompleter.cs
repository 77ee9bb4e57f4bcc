using System.Collections;
using System.Globalization;

namespace NatsKeys.Completion;

/// <summary>Completes times: common durations, and Never for an expiry or start time.</summary>
public sealed class TimeCompleter : WordCompleter
{
    // Only these may be unlimited.
    private static readonly string[] Limits = ["Expires", "NotBefore"];

    // The time of a revocation lies in the past: one in the future would reject tokens that are not signed yet.
    private const string Past = "Add-NatsRevocation";

    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) =>
        Past.Equals(Command, StringComparison.OrdinalIgnoreCase) ? Before() :
    [
        ("30d", "in 30 days"), ("90d", "in 90 days"), ("1y", "in one year"), ("12h", "in 12 hours"),
        .. Limits.Contains(parameter, StringComparer.OrdinalIgnoreCase) ? (IEnumerable<(string, string)>)[("Never", "no limit")] : [],
    ];

    private static IEnumerable<(string Text, string ToolTip)> Before()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return
        [
            (Text(now), "now"), (Text(now.AddHours(-1)), "one hour ago"), (Text(now.AddDays(-1)), "one day ago"),
            (Text(now.AddDays(-7)), "one week ago"),
        ];

        static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
