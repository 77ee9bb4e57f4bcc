using System.Collections;
using NatsKeys.Rules;

namespace NatsKeys.Completion;

/// <summary>Completes server versions: the first one of each release line, and the newest known one.</summary>
public sealed class ServerVersionCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) =>
        ServerVersions.Known.Select(version => (version.ToString(), "version of nats-server"));
}
