using System.Collections;

namespace NatsKeys.Completion;

/// <summary>Completes times: common durations, and Never for an expiry or start time.</summary>
public sealed class TimeCompleter : WordCompleter
{
    // Only these may be unlimited.
    private static readonly string[] Limits = ["Expires", "NotBefore"];

    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) =>
    [
        ("30d", "in 30 days"), ("90d", "in 90 days"), ("1y", "in one year"), ("12h", "in 12 hours"),
        .. Limits.Contains(parameter, StringComparer.OrdinalIgnoreCase) ? (IEnumerable<(string, string)>)[("Never", "no limit")] : [],
    ];
}
