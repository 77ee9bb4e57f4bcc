using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Bucket;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Opens a store, or gives the one that is used when none is named.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Store, DefaultParameterSetName = ByPath)]
[OutputType(typeof(NatsStore), typeof(StoreRevision))]
public sealed class GetNatsStoreCommand : BucketCmdlet
{
    private const string ByPath = "Path";

    /// <summary>The store's folder. Without it: the one that <c>NATSKEYS_STORE</c> names, or the user's.</summary>
    [Parameter(ParameterSetName = ByPath, Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The root of its keys and credentials, when it is not the one that the store or the environment names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    public string? KeyPath { get; set; }

    /// <summary>Gives the changes of a store in a bucket instead of the store: who changed what, and when.</summary>
    [Parameter]
    public SwitchParameter History { get; set; }

    private protected override object? CurrentItem => ParameterSetName == InBucket ? Bucket : Path;

    private protected override void ProcessItem()
    {
        string? keyPath = KeyPath is null ? null : Paths.Full(KeyPath);
        if (ParameterSetName == InBucket)
        {
            using BucketAccess bucket = Access();
            Write(Stores.Introduce(bucket.Open(keyPath)));
            return;
        }

        if (Path is not null)
        {
            Write(Stores.Introduce(BucketStores.Open(Path, keyPath, fullPath: Paths.Full)));
            return;
        }

        NatsStore store = Stores.Introduce(BucketStores.OpenDefault(keyPath, fullPath: Paths.Full));
        StoreRoots.RequireNamed(store);
        if (!store.Exists)
        {
            WriteWarning($"{StoreRoots.NotFound(store).Message} It is created with its first operator.");
        }

        Write(store);
    }

    private void Write(NatsStore store)
    {
        if (!History)
        {
            WriteObject(store);
            return;
        }

        foreach (StoreRevision revision in StoreHistory.ReadAsync(store, Stopped).ToBlockingEnumerable(Stopped))
        {
            WriteObject(revision);
        }
    }
}
