using System.Collections;
using NatsKeys.Binding;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the names of the key sources that were registered in this session.</summary>
public sealed class KeySourceNameCompleter : NameCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, bool plain) =>
        SessionKeySources.Current.Select(source => (source.Name, source.Location));
}
