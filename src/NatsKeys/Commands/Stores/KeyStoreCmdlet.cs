using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.KeyRoot;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that protect and unlock the keys of a store.</summary>
public abstract class KeyStoreCmdlet : StoreCmdlet
{
    /// <summary>
    /// The store that has the keys, as an object or as the path of its folder. Without it: the one that <c>NATSKEYS_STORE</c> names, or the user's.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    public override StoreArgument? Store { get; set; }

    /// <summary>Returns the store.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override object? CurrentItem => Store;

    private protected sealed override void ProcessItem()
    {
        NatsStore store = Stores.Open();
        if (Process(store.Keys, store) && PassThru)
        {
            WriteObject(store);
        }
    }

    /// <summary>Processes the keys of one store.</summary>
    /// <returns>Whether it was done; false also if the user declined.</returns>
    private protected abstract bool Process(KeyStore keys, NatsStore store);

    /// <summary>Changes every key. A key that fails is an error that names it, and the rest continues.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="change">Changes the form of a seed, and returns whether it was necessary.</param>
    /// <param name="failed">The number of keys that failed.</param>
    /// <returns>The number of changed seeds.</returns>
    private protected int ForEachKey(KeyStore keys, Func<string, bool> change, out int failed)
    {
        int changed = 0;
        int tried = 0;
        int done = 0;
        foreach (string publicKey in keys.PublicKeys().ToArray().TakeWhile(_ => !Stopping))
        {
            Progress.Next(publicKey);
            tried++;
            Try(
                () =>
                {
                    changed += change(publicKey) ? 1 : 0;
                    done++;
                },
                publicKey);
        }

        failed = tried - done;
        return changed;
    }

    /// <summary>Warns that credentials files are not encrypted.</summary>
    private protected void WarnOfCredentials(NatsStore store)
    {
        if (store.CredentialRoot is { } folder && Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*", KeyRootLayout.Below).Any())
        {
            WriteWarning($"The credentials in '{folder}' are not encrypted, because clients read them. Each contains the seed of a user.");
        }
    }
}
