using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>The history of a store: who changed what, and when. Only stores in buckets have it; that of a folder is in its version control.</summary>
internal static class StoreHistory
{
    /// <summary>Reads the changes of a store's entities, from the oldest that is kept. A bucket keeps 64 per entity.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellation">Cancels the read.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.NoHistory"/>: the store is not in a bucket.</exception>
    public static IAsyncEnumerable<StoreRevision> ReadAsync(NatsStore store, CancellationToken cancellation) =>
        Require(store).History.ReadAsync(cancellation);

    /// <summary>Returns the changes of a store's entities from now on, until it is cancelled.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public static IAsyncEnumerable<StoreRevision> WatchAsync(NatsStore store, CancellationToken cancellation) =>
        Require(store).History.WatchAsync(cancellation);

    private static BucketStore Require(NatsStore store) => store as BucketStore ?? throw new NatsKeysException(
        ErrorCode.NoHistory,
        $"The store {store.Location} keeps no history: only stores in buckets do. The history of a folder is in its version control.");
}
