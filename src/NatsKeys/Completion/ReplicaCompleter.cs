using System.Collections;

namespace NatsKeys.Completion;

/// <summary>Completes numbers of replicas.</summary>
public sealed class ReplicaCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) =>
        [("1", "one server"), ("3", "three servers, of which one may fail"), ("5", "five servers, of which two may fail")];
}
