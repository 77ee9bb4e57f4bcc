using System.Collections;
using NatsKeys.Rules;

namespace NatsKeys.Completion;

/// <summary>Completes the connection types that servers know. A token may have others, which can still be removed.</summary>
public sealed class ConnectionTypeCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) =>
        ServerTrust.ConnectionTypes.Select(type => (type, "connection type"));
}
