using System.Collections;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>The base class of completers for items of accounts: of the account on the command line, or of all accounts.</summary>
public abstract class AccountItemCompleter : NameCompleter
{
    /// <summary>The parameters that may name the account. The first one that is given is used.</summary>
    private protected virtual string[] AccountParameters => ["Account"];

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates(NatsStore store, IDictionary bound, string parameter)
    {
        string? naming = AccountParameters.FirstOrDefault(name => TextOf(bound, name) is not null);
        IEnumerable<EntityPath> accounts = naming is null
            ? store.AccountPaths(TextOf(bound, "Operator"))
            : [PlaceOf(store, bound, naming) ?? store.LocateAccount(TextOf(bound, "Operator"), TextOf(bound, naming))];
        return accounts
            .Select(store.FindReadable).OfType<NatsAccount>()
            .SelectMany(account => Items(account).Select(item => (item.Text, $"{item.What} of {account.Path}")))
            .DistinctBy(item => item.Text);
    }

    /// <summary>The items of an account, each with a short description.</summary>
    private protected abstract IEnumerable<(string Text, string What)> Items(NatsAccount account);
}
