using System.Collections;
using NatsKeys.Store;

namespace NatsKeys.Completion;

/// <summary>The shape of the completers of what accounts state: of the account that the command line names, or of all.</summary>
public abstract class AccountItemCompleter : NameCompleter
{
    /// <summary>The parameters that may name the account, the first one that is there counts.</summary>
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

    /// <summary>What an account states, with a word about each.</summary>
    private protected abstract IEnumerable<(string Text, string What)> Items(NatsAccount account);
}
