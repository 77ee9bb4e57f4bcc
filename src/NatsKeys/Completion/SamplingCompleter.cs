using System.Collections;

namespace NatsKeys.Completion;

/// <summary>Completes the share of requests whose latency is measured.</summary>
public sealed class SamplingCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) =>
        [("10", "10 %"), ("100", "all requests"), ("Headers", "requests decide with their headers")];
}
