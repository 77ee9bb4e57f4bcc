using System.Collections;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the public keys of accounts.</summary>
public sealed class AccountKeyCompleter : NameCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, string parameter) =>
        store.AccountPaths(TextOf(bound, "Operator"))
            .Select(store.FindReadable).OfType<NatsEntity>()
            .Select(account => (account.Subject ?? "", account.Path.ToString()));
}
