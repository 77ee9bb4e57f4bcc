using System.Collections;

namespace NatsKeys.Completion;

/// <summary>Completes times of the day.</summary>
public sealed class TimeRangeCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) =>
        [("08:00-18:00", "by day"), ("18:00-08:00", "by night"), ("00:00-23:59:59", "all day")];
}
