using System.Management.Automation;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

// PowerShell assigns positions before it reads the pipeline. So an account that is bound from the pipeline has no position.

/// <summary>
/// The parameters of the cmdlets that change JetStream limits, if nothing is piped: the account has the first position, the tiers the second.
/// </summary>
public class TierParameters
{
    /// <summary>The parameter set with an account.</summary>
    internal const string ByAccount = "Account";

    /// <summary>The parameter set with a table row.</summary>
    internal const string ByRow = "Row";

    /// <summary>The account. Not needed if there is only one.</summary>
    [Parameter(ParameterSetName = ByAccount, Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByRow, Position = 0)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public virtual AccountArgument? Account { get; set; }

    /// <summary>The tiers, such as <c>R3</c>. By default, the limits of all streams.</summary>
    [Parameter(ParameterSetName = ByAccount, Position = 1)]
    [Parameter(ParameterSetName = ByRow, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TierCompleter))]
    public virtual string[]? Tier { get; set; }
}

/// <summary>The same parameters if accounts or rows are piped: the tiers have the first position.</summary>
public sealed class PipedTierParameters : TierParameters
{
    /// <inheritdoc/>
    [Parameter(ParameterSetName = ByAccount, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ByRow)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public override AccountArgument? Account { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = ByAccount, Position = 0)]
    [Parameter(ParameterSetName = ByRow, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TierCompleter))]
    public override string[]? Tier { get; set; }
}
