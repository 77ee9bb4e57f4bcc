using System.Management.Automation;
using System.Security;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.KeyRoot;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Creates a store: a folder of YAML files, a bucket, or a store in memory for runbooks.</summary>
[Cmdlet(VerbsCommon.New, Nouns.Store, SupportsShouldProcess = true, DefaultParameterSetName = OnDisk)]
[OutputType(typeof(NatsStore))]
public sealed class NewNatsStoreCommand : BucketCmdlet
{
    private const string OnDisk = "Path";
    private const string Protected = "Protected";
    private const string Memory = "InMemory";

    /// <summary>The folder. It may exist, but must not be a store already.</summary>
    [Parameter(ParameterSetName = OnDisk, Mandatory = true, Position = 0, HelpMessage = "The folder of the store.")]
    [Parameter(ParameterSetName = Protected, Mandatory = true, Position = 0, HelpMessage = "The folder of the store.")]
    [Alias("LiteralPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>
    /// A separate root for keys and credentials, outside of the store, which records it. Without it: <c>NATSKEYS_KEYS</c> or the user's.
    /// </summary>
    [Parameter(ParameterSetName = OnDisk)]
    [Parameter(ParameterSetName = Protected)]
    [Parameter(ParameterSetName = InBucket)]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    public string? KeyPath { get; set; }

    /// <summary>Encrypts all present and future seeds of the key root with a passphrase.</summary>
    [Parameter(ParameterSetName = Protected)]
    public SwitchParameter ProtectKeys { get; set; }

    /// <summary>
    /// The passphrase. It protects the keys with and without <see cref="ProtectKeys"/>. Without it: the one in <c>NATSKEYS_PASSPHRASE</c>, otherwise
    /// the user is prompted for it. If the key root is already protected, it must be the passphrase of the key root.
    /// </summary>
    [Parameter(ParameterSetName = Protected)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public SecureString? Passphrase { get; set; }

    /// <summary>Creates a store in memory that lives as long as its object.</summary>
    [Parameter(ParameterSetName = Memory, Mandatory = true, HelpMessage = "Creates a store in memory.")]
    public SwitchParameter InMemory { get; set; }

    /// <summary>The number of servers that store the bucket.</summary>
    [Parameter(ParameterSetName = InBucket)]
    [ValidateRange(1, 5)]
    [NoSeed]
    [ArgumentCompleter(typeof(ReplicaCompleter))]
    public int Replicas { get; set; } = 1;

    private protected override object? CurrentItem => ParameterSetName == InBucket ? Bucket : Path;

    private protected override void ProcessItem()
    {
        if (ParameterSetName == Memory)
        {
            WriteObject(NatsStore.InMemory());
            return;
        }

        string? keyPath = KeyPath is null ? null : Paths.Full(KeyPath);
        if (ParameterSetName == InBucket)
        {
            using BucketConnection bucket = Access();
            if (ShouldProcess(bucket.Address.ToString(), $"Create a store in a bucket with {Replicas} {(Replicas == 1 ? "replica" : "replicas")}"))
            {
                WriteObject(bucket.Create(Replicas, keyPath));
            }

            return;
        }

        string path = Paths.Full(Path);
        KeyStore? keys = ProtectKeys || Passphrase is not null ? StoreRoots.Prepare(path, keyPath, fullPath: Paths.Full).Keys : null;
        SecureString? passphrase = keys is null ? null : SecureStrings.PassphraseOr(Passphrase, () => Ask(keys));
        string action = keys is null
            ? "Create a store"
            : $"Create a store, protect the key root {keys.Location} with a passphrase and encrypt its existing seeds: "
                + $"{keys.PublicKeys().Count()}";
        if (!ShouldProcess(path, action))
        {
            return;
        }

        if (keys is not null)
        {
            Protect(keys, passphrase!);
        }

        WriteObject(StoreRoots.Create(path, keyPath, fullPath: Paths.Full));
    }

    /// <summary>Asks for the passphrase of the key root, or for a new one. Under -WhatIf, nothing needs what the user would enter.</summary>
    private SecureString? Ask(KeyStore keys) =>
        StoreChanges.IsWhatIf(this) ? (PassphrasePrompt.IsPossible(Host) ? new SecureString() : null)
        : keys.Protection == KeyProtectionState.None ? PassphrasePrompt.TryAskNew(Host)
        : PassphrasePrompt.TryAsk(Host);

    /// <summary>Protects the key root. If it is already protected, it keeps its passphrase, and this one must be the same.</summary>
    private void Protect(KeyStore keys, SecureString passphrase)
    {
        SecureStrings.Use(passphrase, keys.Protection == KeyProtectionState.None ? text => keys.Protect(text, Stopped) : keys.Unlock);
        foreach (string publicKey in keys.PublicKeys().ToArray().TakeWhile(_ => !Stopping))
        {
            Try(() => keys.Seal(publicKey, Stopped), publicKey);
        }
    }
}
