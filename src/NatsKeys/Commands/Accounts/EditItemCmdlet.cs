using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that change or remove something that an account states: an object, or what an account and a name say.</summary>
/// <typeparam name="TItem">What it is.</typeparam>
public abstract class EditItemCmdlet<TItem> : EditCmdlet
    where TItem : AccountItem
{
    private protected const string ByObject = "InputObject";
    private protected const string ByAccount = "Account";

    /// <summary>What is meant, as the cmdlet that gets it gives it.</summary>
    [Parameter(
        ParameterSetName = ByObject, Mandatory = true, ValueFromPipeline = true,
        HelpMessage = "The object to change, as the Get cmdlet returns it.")]
    [PipelineInput]
    [ValidateNotNull]
    [NoSeed]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public TItem? InputObject { get; set; }

    /// <summary>The account. Not needed where there is only one.</summary>
    [Parameter(ParameterSetName = ByAccount, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The operator of the account, where accounts of several operators have the same name.</summary>
    [Parameter(ParameterSetName = ByAccount)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    private protected override object? CurrentItem => InputObject ?? (object?)Account;

    /// <summary>The account in its newest state.</summary>
    private protected NatsAccount ResolveAccount() => InputObject is null
        ? AccountArgument.Resolve(Account, Operator, Stores.Open)
        : InputObject.GetAccount().Newest();
}
