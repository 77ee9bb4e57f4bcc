using System.Collections;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>Completes the names of users, of the account on the command line or of all accounts.</summary>
public class UserNameCompleter : NameCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, string parameter)
    {
        bool isBare = TextOf(bound, "Account") is not null || IsPlain(parameter);
        return Accounts(store, bound)
            .SelectMany(above => store.Names(above).Select(above.Child))
            .Select(path => (isBare ? path.Name : $"{path.Account}/{path.Name}", path.ToString()));
    }

    /// <summary>The account on the command line, or all accounts.</summary>
    private protected static IEnumerable<EntityPath> Accounts(NatsStore store, IDictionary bound) => TextOf(bound, "Account") is { } account
        ? [PlaceOf(store, bound, "Account") ?? store.LocateAccount(TextOf(bound, "Operator"), account)]
        : store.AccountPaths(TextOf(bound, "Operator"));
}
