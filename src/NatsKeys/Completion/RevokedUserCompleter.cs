using System.Collections;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes users: for the cmdlet that lifts revocations those that are revoked, and for others all.</summary>
public sealed class RevokedUserCompleter : UserNameCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, string parameter)
    {
        if (Command != "Remove-NatsRevocation")
        {
            return base.Candidates(store, bound, parameter);
        }

        bool isNamed = TextOf(bound, "Account") is not null;
        return
            from account in Accounts(store, bound).Select(store.FindReadable).OfType<NatsAccount>()
            from revocation in account.GetRevocations()
            where revocation.Export is null
            let name = account.UserNames.GetValueOrDefault(revocation.PublicKey)
            select (name is null ? revocation.PublicKey : isNamed ? name : $"{account.Name}/{name}", $"{revocation} in {account.Path}");
    }
}
