using System.Runtime.CompilerServices;

namespace NatsKeys.Bucket;

/// <summary>Reads who changed the entities of a store in a bucket, from the revisions that the bucket keeps.</summary>
/// <param name="store">The store.</param>
/// <param name="feed">Reads entries in order.</param>
internal sealed class BucketHistory(BucketStore store, BucketFeed feed)
{
    /// <summary>Reads the changes, from the oldest that the bucket keeps (64 for each entity).</summary>
    /// <param name="cancellation">Cancels the read.</param>
    public IAsyncEnumerable<StoreRevision> ReadAsync(CancellationToken cancellation) =>
        RevisionsAsync(feed.ReadAsync(BucketKey.All, cancellation), cancellation);

    /// <summary>Returns the changes from now on, until it is cancelled.</summary>
    /// <param name="cancellation">Ends the watch.</param>
    public IAsyncEnumerable<StoreRevision> WatchAsync(CancellationToken cancellation) =>
        RevisionsAsync(feed.WatchAsync(BucketKey.All, cancellation), cancellation);

    /// <summary>Creates revisions. Differences need the previous revision, too: it is read for each page, and kept only that long.</summary>
    private async IAsyncEnumerable<StoreRevision> RevisionsAsync(
        IAsyncEnumerable<IReadOnlyList<BucketEntry>> pages, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (IReadOnlyList<BucketEntry> page in pages.ConfigureAwait(false))
        {
            string[] keys = [.. page.Select(entry => entry.Key).Distinct()];
            Dictionary<string, BucketEntry> before = keys.Length == 0 ? [] : (await feed.GetBeforeAsync(
                keys, page[0].Revision, cancellation).ConfigureAwait(false)).ToDictionary(entry => entry.Key);
            foreach (BucketEntry entry in page)
            {
                BucketEntry? last = before.GetValueOrDefault(entry.Key);
                before[entry.Key] = entry;
                if (entry.Path is { } path)
                {
                    yield return new StoreRevision(store, entry, path, last);
                }
            }
        }
    }
}
