using System.Collections;

namespace NatsKeys.Completion;

/// <summary>Completes durations.</summary>
public sealed class DurationCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) => parameter switch
    {
        "MaxAge" or "ExpiresWithin" => [("30d", "30 days"), ("90d", "90 days"), ("1y", "one year")],
        _ => [("5s", "5 seconds"), ("30s", "30 seconds"), ("2m", "2 minutes")],
    };
}
