using System.Collections;

namespace NatsKeys.Completion;

/// <summary>Completes the addresses on which a server listens.</summary>
public sealed class ListenAddressCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Words(IDictionary bound, string parameter) =>
        [("127.0.0.1", "only this machine"), ("0.0.0.0", "all addresses"), ("::", "all addresses, with IPv6")];
}
