using System.Management.Automation;
using NatsKeys.KeyRoot;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Decrypts the seeds of a protected key root, and removes its passphrase.</summary>
[Cmdlet(VerbsSecurity.Unprotect, Nouns.KeyStore, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(NatsStore))]
public sealed class UnprotectNatsKeyStoreCommand : KeyStoreCmdlet
{
    private protected override bool Process(KeyStore keys, NatsStore store)
    {
        if (keys.Protection == KeyProtectionState.None)
        {
            WriteVerbose($"The key root {keys.Location} is not protected. Nothing was written.");
            return true;
        }

        if (!ShouldProcess($"the key root {keys.Location}",
            $"Write the seeds as plain text and remove the passphrase. Seeds: {keys.PublicKeys().Count()}"))
        {
            return false;
        }

        keys.RequireUnlocked();

        // Each seed that cannot be opened is reported. As long as there is one, the passphrase is kept.
        int opened = ForEachKey(keys, publicKey => keys.Unseal(publicKey, Stopped), out int failed);
        if (failed == 0 && !Stopping)
        {
            keys.Unprotect(Stopped);
        }

        WriteVerbose($"Decrypted seeds: {opened}.");
        return failed == 0;
    }
}
