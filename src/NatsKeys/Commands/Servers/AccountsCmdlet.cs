using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that look at some accounts, or at all of an operator, and at what servers have of them.</summary>
public abstract class AccountsCmdlet : ServerCmdlet
{
    private protected const string ByAccount = "Account";
    private readonly List<NatsAccount> accounts = [];

    /// <summary>The accounts. All of the operator without them.</summary>
    [Parameter(ParameterSetName = ByAccount, Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [Alias("Name")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument[]? Account { get; set; }

    private protected override object? CurrentItem => Account is [var only] ? only : null;

    private protected override void ProcessItem()
    {
        foreach (AccountArgument account in Account ?? [])
        {
            Try(() => accounts.Add(RequireKey(AccountArgument.Resolve(account, Operator, OpenStore))), account);
        }
    }

    /// <summary>Whether accounts were named, be it that nothing came down the pipeline.</summary>
    private protected bool AreNamed => Account is not null || MyInvocation.ExpectingInput;

    /// <summary>The accounts that were named, by their operators.</summary>
    private protected IEnumerable<(NatsOperator Owner, NatsAccount[] Accounts)> Named() => accounts
        .DistinctBy(account => (account.Store, account.Path))
        .GroupBy(account => (account.Store, account.Operator))
        .Select(group => (group.Key.Store.FindOperator(group.Key.Operator), group.ToArray()));

    /// <summary>The operator that is meant where no accounts were named.</summary>
    private protected NatsOperator ResolveOperator() => OperatorArgument.Resolve(Operator, OpenStore);

    /// <summary>The accounts of an operator; each one that cannot be read is an error.</summary>
    private protected IEnumerable<NatsAccount> AccountsOf(NatsOperator owner)
    {
        foreach (EntityPath path in owner.Store.AccountPaths(owner.Name))
        {
            NatsAccount? account = null;
            Try(() => account = owner.Store.Find(path) is NatsAccount found ? RequireKey(found) : null, path.ToString());
            if (account is not null)
            {
                yield return account;
            }
        }
    }

    private static NatsAccount RequireKey(NatsAccount account)
    {
        ServerAccount.Of(account);
        return account;
    }
}
