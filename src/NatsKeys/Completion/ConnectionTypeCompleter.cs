using System.Collections;
using NatsKeys.Store;
using NatsKeys.Trust;

namespace NatsKeys.Completion;

/// <summary>Completes the ways to connect that servers know. A token may have others, which can be removed from it all the same.</summary>
public sealed class ConnectionTypeCompleter : NameCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, bool plain) =>
        ServerTrust.ConnectionTypes.Select(type => (type, "way to connect"));
}
