using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Signing;

namespace NatsKeys.Commands;

/// <summary>The shape of the cmdlets that sign what is no entity: any key that is at hand may sign.</summary>
public abstract class FreeSigningCmdlet : StoreCmdlet
{
    private FreeSigner? signer;

    /// <summary>The key that signs: a key pair, a signing key, a public key whose seed is in the key root, a seed, the path of a key file, or a script block that signs.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PublicKeyCompleter))]
    public SigningKeyArgument? SigningKey { get; set; }

    /// <summary>Signs, with the keys of the store that is named.</summary>
    private protected FreeSigner Signer => signer ??= new FreeSigner(OpenStore().Keys);

    /// <summary>The key that was asked for.</summary>
    private protected SigningKeyChoice ChosenKey => SigningKey!.ToChoice(FullPath);

    /// <summary>Forgets the keys that were read for signing.</summary>
    /// <param name="disposing">Whether the cmdlet is disposed, rather than finalized.</param>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        signer?.Dispose();
    }

    private protected override bool IsTerminating(NatsKeysException error) => error is SigningKeyException;
}
