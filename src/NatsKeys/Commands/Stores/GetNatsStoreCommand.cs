using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Opens a store, or gives the one that is used when none is named.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Store)]
[OutputType(typeof(NatsStore))]
public sealed class GetNatsStoreCommand : NatsCmdlet
{
    /// <summary>The store's folder. Without it: the one that <c>NATSKEYS_STORE</c> names, or the user's.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The root of its keys and credentials, when it is not the one that the store or the environment names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    public string? KeyPath { get; set; }

    private protected override object? CurrentItem => Path;

    private protected override void ProcessItem()
    {
        string? keyPath = KeyPath is null ? null : Paths.Full(KeyPath);
        if (Path is not null)
        {
            WriteObject(Stores.Introduce(StoreRoots.Open(Paths.Full(Path), keyPath, fullPath: Paths.Full)));
            return;
        }

        NatsStore store = Stores.Introduce(StoreRoots.OpenDefault(keyPath, fullPath: Paths.Full));
        StoreRoots.RequireNamed(store);
        if (!store.Exists)
        {
            WriteWarning($"{StoreRoots.NotFound(store).Message} It is created with its first operator.");
        }

        WriteObject(store);
    }
}
