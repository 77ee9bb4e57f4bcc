using System.Collections;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the names of operators.</summary>
public sealed class OperatorNameCompleter : NameCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, string parameter) =>
        store.Names().Select(name => (name, $"operator {name}"));
}
