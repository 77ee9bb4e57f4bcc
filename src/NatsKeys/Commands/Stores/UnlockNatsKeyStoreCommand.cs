using System.Management.Automation;
using System.Security;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.KeyRoot;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Unlocks a protected key root, so that this process can open its seeds until it ends.</summary>
[Cmdlet(VerbsCommon.Unlock, Nouns.KeyStore, SupportsShouldProcess = true)]
[OutputType(typeof(NatsStore))]
public sealed class UnlockNatsKeyStoreCommand : KeyStoreCmdlet
{
    /// <summary>The passphrase. Without it: the one in <c>NATSKEYS_PASSPHRASE</c>, otherwise the user is prompted for it.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public SecureString? Passphrase { get; set; }

    private protected override bool Process(KeyStore keys, NatsStore store)
    {
        if (keys.Protection == KeyProtectionState.None)
        {
            WriteWarning($"The key root {keys.Location} is not protected, so there is nothing to unlock.");
            return true;
        }

        if (keys.Protection == KeyProtectionState.Unlocked && Passphrase is null)
        {
            WriteVerbose($"The key root {keys.Location} is already unlocked.");
            return true;
        }

        if (!ShouldProcess($"the key root {keys.Location}", "Unlock for this process"))
        {
            return false;
        }

        SecureStrings.Use(SecureStrings.PassphraseOr(Passphrase, () => PassphrasePrompt.TryAsk(Host)), keys.Unlock);
        return true;
    }
}
