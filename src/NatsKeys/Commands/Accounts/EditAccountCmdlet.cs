using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that add items to an account.</summary>
public abstract class EditAccountCmdlet : EditCmdlet
{
    /// <summary>The account. Not needed if there is only one.</summary>
    [Parameter(ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The operator of the account, if several operators have an account of that name.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override object? CurrentItem => Account;

    /// <summary>The account in its newest state.</summary>
    private protected NatsAccount ResolveAccount() => AccountArgument.Resolve(Account, Operator, Stores.Open);
}
