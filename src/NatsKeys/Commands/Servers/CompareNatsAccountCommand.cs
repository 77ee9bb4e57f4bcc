using System.Management.Automation;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Holds the accounts of a store against what servers have.</summary>
[Cmdlet(VerbsData.Compare, Nouns.Account, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(AccountComparison))]
public sealed class CompareNatsAccountCommand : AccountsCmdlet
{
    private protected override ServerTask ServerTask => ServerTask.Read;

    private protected override void ProcessAll()
    {
        if (AreNamed)
        {
            foreach ((NatsOperator owner, NatsAccount[] accounts) in Named())
            {
                Write(owner, AccountComparer.CompareAsync(Client(owner), owner, accounts));
            }

            return;
        }

        NatsOperator only = ResolveOperator();
        Write(only, AccountComparer.CompareAsync(Client(only), only, AccountsOf(only)));
        Write(only, AccountComparer.FindOthersAsync(Client(only), only));
    }

    private void Write(NatsOperator owner, IAsyncEnumerable<AccountComparison> comparisons)
    {
        foreach (AccountComparison comparison in AskMany(owner, comparisons))
        {
            WriteObject(comparison);
        }
    }
}
