using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NatsKeys.Pipeline;

namespace NatsKeys.Commands;

/// <summary>Reads a key pair from a key file or a seed, and stores it in a store's key root if a store is specified.</summary>
[Cmdlet(VerbsData.Import, Nouns.KeyPair, SupportsShouldProcess = true, DefaultParameterSetName = ByPath)]
[OutputType(typeof(NatsKeyPair))]
public sealed class ImportNatsKeyPairCommand : PathCmdlet
{
    private const string BySeed = "Seed";

    /// <summary>
    /// The seed, as a secure string or a string. A typed seed stays in the history of the session: prefer a file or a secure string.
    /// </summary>
    [Parameter(ParameterSetName = BySeed, Mandatory = true, HelpMessage = "The seed.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public SeedArgument? Seed { get; set; }

    /// <summary>The store whose key root gets the key. By default, the key is not stored.</summary>
    [Parameter]
    [ValidateNotNull]
    public StoreArgument? Store { get; set; }

    internal override StoreArgument? NamedStore => Store;

    private protected override void ProcessFile(string path) => Keep(SeedFile.Read(path));

    private protected override void ProcessOther() => Keep(Seed!.Open());

    /// <summary>Stores the key and writes it to the pipeline. A key that is not written is disposed.</summary>
    private void Keep(NatsKeyPair key)
    {
        bool isWanted = false;
        try
        {
            isWanted = Store is null ? Shows(key) : Keeps(Stores.Open().Keys, key);
        }
        finally
        {
            if (!isWanted)
            {
                key.Dispose();
            }
        }

        if (isWanted)
        {
            WriteObject(key);
        }
    }

    /// <summary>Says under -WhatIf what is done. The key is returned then as well, for the cmdlets that rehearse with it.</summary>
    private bool Shows(NatsKeyPair key)
    {
        if (StoreChanges.IsWhatIf(this))
        {
            ShouldProcess(key.PublicKey, "Return the key without storing it; -Store stores it");
        }

        return true;
    }

    private bool Keeps(KeyStore keys, NatsKeyPair key)
    {
        if (!ShouldProcess($"{key.PublicKey} in the key store {keys.Location}", "Store the key"))
        {
            return false;
        }

        keys.Add(key, Stopped);
        return true;
    }
}
