using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>Who changed a store, when, and what. Stores in buckets know it; that of a folder is in its version control.</summary>
internal static class StoreHistory
{
    /// <summary>The changes of a store's entities, from the oldest that is kept. A bucket keeps 64 of each entity.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.NoHistory"/>: it is in no bucket.</exception>
    public static IAsyncEnumerable<StoreRevision> ReadAsync(NatsStore store, CancellationToken cancellation) =>
        Require(store).History.ReadAsync(cancellation);

    /// <summary>The changes of a store's entities from now on, until it is cancelled.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public static IAsyncEnumerable<StoreRevision> WatchAsync(NatsStore store, CancellationToken cancellation) =>
        Require(store).History.WatchAsync(cancellation);

    private static BucketStore Require(NatsStore store) => store as BucketStore ?? throw new NatsKeysException(
        ErrorCode.NoHistory,
        $"The store {store.Location} keeps no history: only stores in buckets do. The history of a folder is in its version control.");
}
