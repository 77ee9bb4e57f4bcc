using NatsKeys.Binding;
using NatsKeys.Commands;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>The accounts that a cmdlet publishes or requests: the named ones, or all of an operator.</summary>
/// <param name="cmdlet">The running cmdlet.</param>
internal sealed class AccountSelection(NatsCmdlet cmdlet)
{
    private readonly List<NatsAccount> accounts = [];
    private readonly NamedRows rows = new(cmdlet);

    /// <summary>Adds named accounts. Each one that has no key is an error.</summary>
    public void Add(AccountArgument[]? named, OperatorArgument? above)
    {
        foreach (AccountArgument account in named ?? [])
        {
            cmdlet.Errors.Try(() => accounts.Add(RequireKey(Resolve(account, above))), account);
        }
    }

    /// <summary>Gets an account that is named by a parameter or a table row.</summary>
    public NatsAccount Resolve(AccountArgument named, OperatorArgument? above) => rows.Resolve(named, above);

    /// <summary>Whether accounts are named, even if the pipeline is empty.</summary>
    public bool IsNamed(AccountArgument[]? named) => named is not null || cmdlet.MyInvocation.ExpectingInput;

    /// <summary>The named accounts, grouped by operator.</summary>
    public IEnumerable<(NatsOperator Owner, NatsAccount[] Accounts)> Named() => accounts
        .DistinctBy(account => (account.Store, account.Path))
        .GroupBy(account => (account.Store, account.Operator))
        .Select(group => (group.Key.Store.FindOperator(group.Key.Operator), group.ToArray()));

    /// <summary>The accounts of an operator. Each one that cannot be read is an error.</summary>
    public IEnumerable<NatsAccount> Of(NatsOperator owner)
    {
        foreach (EntityPath path in owner.Store.AccountPaths(owner.Name))
        {
            NatsAccount? account = null;
            cmdlet.Errors.Try(() => account = owner.Store.Find(path) is NatsAccount found ? RequireKey(found) : null, path.ToString());
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
