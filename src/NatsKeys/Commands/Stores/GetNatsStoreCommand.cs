using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Bucket;
using NatsKeys.Errors;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Opens a store, or gets the default store.</summary>
[Cmdlet(VerbsCommon.Get, Nouns.Store, DefaultParameterSetName = ByPath)]
[OutputType(typeof(NatsStore), typeof(StoreRevision))]
public sealed class GetNatsStoreCommand : BucketCmdlet
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";

    /// <summary>
    /// The folders of stores, or addresses of buckets; wildcards match stores. Without it: the one that <c>NATSKEYS_STORE</c> names, or the user's.
    /// </summary>
    [Parameter(ParameterSetName = ByPath, Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>The literal paths of the folders of stores.</summary>
    [Parameter(
        ParameterSetName = ByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The literal paths of the folders of stores. Wildcards are not expanded.")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The root of its keys and credentials, if it is not the one that the store or the environment names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    public string? KeyPath { get; set; }

    /// <summary>Returns the history of a store in a bucket instead of the store: who changed what, and when.</summary>
    [Parameter]
    public SwitchParameter History { get; set; }

    private protected override object? CurrentItem => ParameterSetName switch
    {
        InBucket => Bucket,
        ByLiteralPath => LiteralPath is [var only] ? only : LiteralPath,
        _ => Path is [var only] ? only : Path,
    };

    private protected override void ProcessItem()
    {
        string? keyPath = KeyPath is null ? null : Paths.Full(KeyPath);
        if (ParameterSetName == InBucket)
        {
            using BucketConnection bucket = Access();
            Write(Stores.Introduce(bucket.Open(keyPath)));
        }
        else if (ParameterSetName == ByLiteralPath)
        {
            Each(LiteralPath, path => Write(Stores.Introduce(StoreRoots.Open(Paths.Literal(path), keyPath, fullPath: Paths.Full))));
        }
        else if (Path is not null)
        {
            Each(Path, path => Each(StoresAt(path), found => Write(Stores.Introduce(BucketStores.Open(found, keyPath, fullPath: Paths.Full)))));
        }
        else
        {
            WriteDefault(keyPath);
        }
    }

    /// <summary>Resolves a path to stores. A wildcard also matches folders that are not stores; these are ignored.</summary>
    private IReadOnlyList<string> StoresAt(string path)
    {
        FileLineException.Check(path);
        return BucketAddress.IsAddress(path) ? [path]
            : path.AsSpan().ContainsAny('*', '?') ? [.. Paths.Matching(path).Where(StoreRoots.IsStore)]
            : Paths.Matching(path);
    }

    private void WriteDefault(string? keyPath)
    {
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
