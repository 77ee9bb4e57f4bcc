using System.Collections;
using NatsKeys.Rules;

namespace NatsKeys.Completion;

/// <summary>Completes the ways to connect that servers know. A token may have others, which can be removed from it all the same.</summary>
public sealed class ConnectionTypeCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) =>
        ServerTrust.ConnectionTypes.Select(type => (type, "way to connect"));
}
