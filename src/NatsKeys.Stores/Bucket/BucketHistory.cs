using System.Runtime.CompilerServices;
using NatsKeys.Store;

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

    /// <summary>Reads the store as it was after a revision.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="cancellation">Cancels the read.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.NoHistory"/>: there is no such revision yet, or the bucket no longer keeps the state of an entity at that revision.
    /// </exception>
    public async Task<NatsStore> ReadStateAsync(long revision, CancellationToken cancellation)
    {
        var then = new Dictionary<string, BucketEntry>(StringComparer.Ordinal);
        var kept = new Dictionary<string, (EntityPath Path, int Count)>(StringComparer.Ordinal);
        ulong last = 0;
        await foreach (IReadOnlyList<BucketEntry> page in feed.ReadAsync(BucketKey.All, cancellation).ConfigureAwait(false))
        {
            foreach (BucketEntry entry in page)
            {
                last = entry.Revision;
                if (entry.Path is not { } path)
                {
                    continue;
                }

                kept[entry.Key] = (path, kept.GetValueOrDefault(entry.Key).Count + 1);
                if (entry.Revision <= (ulong)revision)
                {
                    then[entry.Key] = entry;
                }
            }
        }

        if ((ulong)revision > last)
        {
            throw new NatsKeysException(ErrorCode.NoHistory, $"The store {store.Location} has no revision {revision} yet. Its last one is {last}.");
        }

        // An entity with fewer revisions than the bucket keeps still has its first one, so it did not exist before.
        if (kept.FirstOrDefault(one => one.Value.Count >= BucketSetup.MostRevisions && !then.ContainsKey(one.Key)) is { Key: not null } lost)
        {
            throw new NatsKeysException(
                ErrorCode.NoHistory,
                $"The {lost.Value.Path} was changed so often since revision {revision} that the bucket no longer keeps its state then. "
                    + $"A bucket keeps {BucketSetup.MostRevisions} revisions of each entity.");
        }

        return new SnapshotStore(
            $"{store.Location} at revision {revision}",
            then.Values.Where(entry => entry.Body is not null).Select(entry => (entry.Path!, entry.Body!)),
            store.Clock);
    }

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
