using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.KeySources;
using NatsKeys.Signing;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that sign anything but entities: any available key may sign.</summary>
public abstract class FreeSigningCmdlet : StoreCmdlet
{
    private readonly SessionKeyRings keys;

    private protected FreeSigningCmdlet() => keys = Own(new SessionKeyRings(Stopped));

    /// <summary>
    /// The key that signs: a key pair, a signing key, a public key that is looked up, a seed, the path of a key file, or a script block that signs.
    /// </summary>
    [Parameter(Mandatory = true, HelpMessage = "The key that signs.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(UsableKeyCompleter))]
    public SigningKeyArgument? SigningKey { get; set; }

    // The key root exists without a store.
    internal override bool Reads => false;

    /// <summary>Signs with the keys of the specified store and of the session's key sources.</summary>
    private protected FreeSigner Signer => new(keys.Of(Stores.Open()));

    /// <summary>The requested signing key.</summary>
    private protected SigningKeyChoice ChosenKey => SigningKeyArgument.Choose(SigningKey, Paths.Full);
}
