using System.Collections;

namespace NatsKeys.Completion;

/// <summary>Completes expiry and start times: common durations, and Never.</summary>
public sealed class TimeCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) =>
    [
        ("30d", "in 30 days"), ("90d", "in 90 days"), ("1y", "in one year"), ("12h", "in 12 hours"), ("Never", "no limit"),
    ];
}
