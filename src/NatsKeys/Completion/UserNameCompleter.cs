using System.Collections;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the names of users, of the account on the command line or of all accounts.</summary>
public class UserNameCompleter : NameCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, string parameter)
    {
        string? account = TextOf(bound, "Account");
        IEnumerable<EntityPath> accounts = account is null
            ? store.AccountPaths(TextOf(bound, "Operator"))
            : [PlaceOf(store, bound, "Account") ?? store.LocateAccount(TextOf(bound, "Operator"), account)];
        return accounts
            .SelectMany(above => store.Names(above).Select(above.Child))
            .Select(path => (account is null && !IsPlain(parameter) ? $"{path.Account}/{path.Name}" : path.Name, path.ToString()));
    }
}
