using System.Management.Automation;
using System.Security;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.KeyRoot;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Encrypts the seeds of a key root with a passphrase, or changes the passphrase of a protected one.</summary>
[Cmdlet(VerbsSecurity.Protect, Nouns.KeyStore, SupportsShouldProcess = true)]
[OutputType(typeof(NatsStore))]
public sealed class ProtectNatsKeyStoreCommand : KeyStoreCmdlet
{
    /// <summary>The passphrase. If it is forgotten, the keys are lost. By default, the user is prompted for it twice.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public SecureString? Passphrase { get; set; }

    private protected override bool Process(KeyStore keys, NatsStore store)
    {
        string action = keys.Protection == KeyProtectionState.None
            ? $"Protect with a passphrase and encrypt the existing seeds: {keys.PublicKeys().Count()}"
            : "Change the passphrase and encrypt the remaining plain seeds";
        if (!ShouldProcess($"the key root {keys.Location}", action))
        {
            return false;
        }

        SecureStrings.Use(Passphrase ??= PassphrasePrompt.AskNew(Host), text => keys.Protect(text, Stopped));
        int sealedNow = ForEachKey(keys, publicKey => keys.Seal(publicKey, Stopped), out int failed);
        WriteVerbose($"The key root {keys.Location} is protected. Encrypted seeds: {sealedNow}.");
        WarnOfCredentials(store);
        return failed == 0;
    }
}
