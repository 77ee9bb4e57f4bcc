using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets about signing keys: their owner is an operator or an account.</summary>
public abstract class OwnerCmdlet : SigningCmdlet
{
    private protected const string OfOperator = "Operator";
    private protected const string OfAccount = "Account";

    /// <summary>The operator that owns the signing keys, or the operator of the account.</summary>
    [Parameter(ParameterSetName = OfOperator, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = OfAccount)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorNameCompleter))]
    public OperatorArgument? Operator { get; set; }

    /// <summary>The account that owns the signing keys.</summary>
    [Parameter(ParameterSetName = OfAccount, Mandatory = true, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public AccountArgument? Account { get; set; }

    /// <summary>The owner in its newest state.</summary>
    private protected NatsEntity ResolveOwner() => ParameterSetName == OfOperator
        ? OperatorArgument.Resolve(Operator, OpenStore)
        : AccountArgument.Resolve(Account, Operator, OpenStore);
}
