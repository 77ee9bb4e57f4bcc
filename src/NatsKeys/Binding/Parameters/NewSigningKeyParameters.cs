using System.Management.Automation;
using NatsKeys.Completion;

namespace NatsKeys.Binding;

// PowerShell assigns positions before it reads the pipeline. So an owner that is bound from the pipeline has no position.

/// <summary>
/// The parameters of the cmdlet that adds signing keys, if no owner is piped: the account has the first position, the key the second.
/// </summary>
public class NewSigningKeyParameters : UserPermissionParameters
{
    /// <summary>The parameter set of the keys of accounts.</summary>
    internal const string OfAccount = "Account";

    /// <summary>The account that owns the signing keys.</summary>
    [Parameter(
        ParameterSetName = OfAccount, Mandatory = true, Position = 0, ValueFromPipeline = true,
        HelpMessage = "The account that lists the signing keys.")]
    [EntityInput(typeof(AccountArgument), IsOne = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public virtual AccountArgument? Account { get; set; }

    /// <summary>
    /// The key to list: a key pair, public key, seed or path of a key file. By default, a new one is generated. If it has a seed, that is stored in
    /// the key store.
    /// </summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UsableKeyCompleter))]
    public virtual KeyArgument? Key { get; set; }
}

/// <summary>The same parameters if the owner is piped, or is an operator that is named: the key has the first position.</summary>
public sealed class OwnedSigningKeyParameters : NewSigningKeyParameters
{
    /// <inheritdoc/>
    [Parameter(ParameterSetName = OfAccount, Mandatory = true, ValueFromPipeline = true, HelpMessage = "The account that lists the signing keys.")]
    [PipelineInput(IsOne = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public override AccountArgument? Account { get; set; }

    /// <inheritdoc/>
    [Parameter(Position = 0)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UsableKeyCompleter))]
    public override KeyArgument? Key { get; set; }
}
