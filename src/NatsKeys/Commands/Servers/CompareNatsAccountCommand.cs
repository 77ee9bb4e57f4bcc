using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Compares the accounts of a store with those on servers.</summary>
[Cmdlet(VerbsData.Compare, Nouns.Account, DefaultParameterSetName = ByAccount)]
[OutputType(typeof(AccountComparison), typeof(EffectiveClaim))]
public sealed class CompareNatsAccountCommand : ServerCmdlet
{
    private const string ByAccount = "Account";
    private readonly AccountSelection selection;

    /// <summary>Creates the cmdlet.</summary>
    public CompareNatsAccountCommand() => selection = new AccountSelection(this);

    /// <summary>The accounts. The default is all accounts of the operator.</summary>
    [Parameter(ParameterSetName = ByAccount, Position = 0, ValueFromPipeline = true)]
    [EntityName(typeof(AccountArgument[]))]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument[]? Account { get; set; }

    /// <summary>Returns how each server applies every import, export and mapping of its own token, instead of comparing tokens.</summary>
    [Parameter]
    public SwitchParameter Effective { get; set; }

    private protected override ServerTask ServerTask => ServerTask.Read;

    private protected override object? CurrentItem => Account is [var only] ? only : null;

    private protected override void ProcessItem() => selection.Add(Account, Operator);

    private protected override void ProcessAll()
    {
        if (selection.IsNamed(Account))
        {
            foreach ((NatsOperator owner, NatsAccount[] accounts) in selection.Named())
            {
                Compare(owner, accounts);
            }

            return;
        }

        NatsOperator only = OperatorArgument.Resolve(Operator, Stores.Open);
        Compare(only, selection.Of(only));
        if (!Effective)
        {
            Write(only, AccountComparer.FindOthersAsync(Client(only), only));
        }
    }

    private void Compare(NatsOperator owner, IEnumerable<NatsAccount> accounts)
    {
        if (Effective)
        {
            Write(owner, new EffectiveComparer(Client(owner), owner).CompareAsync(accounts));
        }
        else
        {
            Write(owner, AccountComparer.CompareAsync(Client(owner), owner, accounts));
        }
    }

    private void Write<T>(NatsOperator owner, IAsyncEnumerable<T> comparisons)
    {
        foreach (T comparison in AskMany(owner, comparisons))
        {
            WriteObject(comparison);
        }
    }
}
