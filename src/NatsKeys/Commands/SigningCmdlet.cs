using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;
using NatsKeys.Signing;

namespace NatsKeys.Commands;

/// <summary>
/// The shape of the cmdlets that sign: they take a store and a signing key, and an asked-for key that cannot sign ends the pipeline before anything
/// is signed in its place.
/// </summary>
public abstract class SigningCmdlet : NatsCmdlet
{
    private protected SigningCmdlet() => Changes = Own(new StoreChanges(this));

    /// <inheritdoc cref="StoreCmdlet.Store"/>
    [Parameter]
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

    /// <summary>What it changes, and with which keys.</summary>
    private protected StoreChanges Changes { get; }

    /// <summary>The key that was asked for here, else one that came down the pipeline with its owner.</summary>
    private protected SigningKeyChoice ChosenKey(SigningKeyArgument? piped = null) => SigningKeyArgument.Choose(SigningKey ?? piped, Paths.Full);
}
