using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;
using NatsKeys.Signing;

namespace NatsKeys.Commands;

/// <summary>
/// The base class of the cmdlets that sign: they have a store and a signing key. If the requested key cannot sign, the pipeline ends before another
/// key signs anything instead.
/// </summary>
public abstract class SigningCmdlet : NatsCmdlet
{
    private protected SigningCmdlet() => Changes = Own(new StoreChanges(this));

    /// <inheritdoc cref="StoreCmdlet.Store"/>
    [Parameter]
    [PipelineInput(IsOne = true)]
    [ValidateNotNull]
    public StoreArgument? Store { get; set; }

    /// <summary>
    /// The key that signs: a key pair, a signing key, a public key, a role's name, the path of a key file, a seed, or a script block that signs.
    /// Without it: the current issuer, else the parent's first usable unscoped signing key, else its identity key.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(OperatorSignerCompleter))]
    public virtual SigningKeyArgument? SigningKey { get; set; }

    internal sealed override StoreArgument? NamedStore => Store;

    /// <summary>Performs the changes of stores, and has the keys that sign them.</summary>
    private protected StoreChanges Changes { get; }

    /// <summary>The signing key that was specified; otherwise the one that came down the pipeline with its owner.</summary>
    private protected SigningKeyChoice ChosenKey(SigningKeyArgument? piped = null) => SigningKeyArgument.Choose(SigningKey ?? piped, Paths.Full);
}
