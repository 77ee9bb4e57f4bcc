using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>Who changed the entities of a store in a bucket, from what is kept of each.</summary>
/// <param name="store">The store.</param>
/// <param name="feed">Reads what was written.</param>
internal sealed class BucketHistory(BucketStore store, BucketFeed feed)
{
    /// <summary>The changes, from the oldest that the bucket still has (64 for each entity).</summary>
    /// <param name="cancellation">Ends the reading.</param>
    public IAsyncEnumerable<StoreRevision> ReadAsync(CancellationToken cancellation) =>
        RevisionsAsync(feed.ReadAsync(BucketKey.All, newest: false, cancellation), known: []);

    /// <summary>The changes from now on, until it is cancelled.</summary>
    /// <param name="cancellation">Ends the watch.</param>
    public IAsyncEnumerable<StoreRevision> WatchAsync(CancellationToken cancellation) =>
        RevisionsAsync(feed.WatchAsync(BucketKey.All, cancellation), known: null);

    private async IAsyncEnumerable<StoreRevision> RevisionsAsync(IAsyncEnumerable<BucketEntry> entries, Dictionary<string, BucketEntry>? known)
    {
        await foreach (BucketEntry entry in entries.ConfigureAwait(false))
        {
            if (entry.Path is { } path)
            {
                BucketEntry? before = known is null
                    ? await feed.GetBeforeAsync(entry).ConfigureAwait(false)
                    : known.GetValueOrDefault(entry.Key);
                if (known is not null)
                {
                    known[entry.Key] = entry;
                }

                yield return new StoreRevision(store, entry, path, before);
            }
        }
    }
}
