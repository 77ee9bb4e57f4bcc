using System.Collections;
using NatsKeys.KeySources;

namespace NatsKeys.Completion;

/// <summary>Completes the names of this session's key sources.</summary>
public sealed class KeySourceNameCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) =>
        SessionKeySources.Current.Select(source => (source.Name, source.Location));
}
