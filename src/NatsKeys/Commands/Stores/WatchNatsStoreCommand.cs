using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Bucket;
using NatsKeys.Completion;
using NatsKeys.Pipeline;
using NatsKeys.Store;

namespace NatsKeys.Commands;

/// <summary>Watches a store in a bucket: returns each change as it happens, from any machine.</summary>
[Cmdlet(VerbsCommon.Watch, Nouns.Store)]
[OutputType(typeof(StoreRevision))]
public sealed class WatchNatsStoreCommand : NatsCmdlet
{
    /// <summary>The store. Without it: the one that <c>NATSKEYS_STORE</c> names.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [PipelineInput]
    [ValidateNotNull]
    public StoreArgument? Store { get; set; }

    /// <summary>The kinds of entities. Without it: all of them.</summary>
    [Parameter]
    [ValidateNotNull]
    [NoSeed]
    public EntityKind[]? Kind { get; set; }

    /// <summary>How long to watch, such as <c>10m</c>. Without it: until Ctrl+C.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DurationArgument? For { get; set; }

    internal override StoreArgument? NamedStore => Store;

    internal override bool Reads => true;

    private protected override object? CurrentItem => Store;

    private protected override void ProcessItem()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stopped);
        if (For?.Patience is { } length)
        {
            end.CancelAfter(length);
        }

        IAsyncEnumerator<StoreRevision> changes = StoreHistory.WatchAsync(Stores.Open(), end.Token).GetAsyncEnumerator(end.Token);
        try
        {
            while (PipelineTask.Wait(this, () => NextAsync(changes, end.Token)))
            {
                if (Kind is null || Kind.Contains(changes.Current.Path.Kind))
                {
                    WriteObject(changes.Current);
                }
            }
        }
        finally
        {
            changes.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Returns the next change. The end of the time ends the watch, and is not an error.</summary>
    private static async Task<bool> NextAsync(IAsyncEnumerator<StoreRevision> changes, CancellationToken end)
    {
        try
        {
            return await changes.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return false;
        }
    }
}
