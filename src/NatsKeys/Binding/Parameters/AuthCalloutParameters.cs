using System.Management.Automation;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

// PowerShell assigns positions before it reads the pipeline. So an account that is bound from the pipeline has no position.

/// <summary>
/// The parameters of the cmdlet that sets authorization callouts, if nothing is piped: the account has the first position, the users the second.
/// </summary>
public class AuthCalloutParameters
{
    /// <summary>The account. Not needed if there is only one.</summary>
    [Parameter(ParameterSetName = TierParameters.ByAccount, Position = 0, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = TierParameters.ByRow, Position = 0)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public virtual AccountArgument? Account { get; set; }

    /// <summary>All users that decide: objects, names or public keys. They themselves connect as usual.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public virtual UserKeyArgument[]? AuthUser { get; set; }
}

/// <summary>The same parameters if accounts, callouts or rows are piped: the users have the first position.</summary>
public sealed class PipedAuthCalloutParameters : AuthCalloutParameters
{
    /// <inheritdoc/>
    [Parameter(ParameterSetName = TierParameters.ByAccount, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = TierParameters.ByRow)]
    [PipelineInput]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public override AccountArgument? Account { get; set; }

    /// <inheritdoc/>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public override UserKeyArgument[]? AuthUser { get; set; }
}
