using System.Diagnostics;

namespace NatsKeys.Bucket;

/// <summary>
/// The cached content of a bucket: all names and revisions (after enough reads), and recently read contents. A watch keeps it current, and the
/// servers confirm it at least once a second. So reads are never stale for longer, and never succeed without servers.
/// </summary>
/// <param name="link">The connection.</param>
/// <param name="reader">Reads entries by key.</param>
/// <param name="own">What this process wrote to the bucket.</param>
/// <param name="freshness">The time after which changes of others are noticed at the latest; a second by default.</param>
internal sealed class BucketCache(BucketLink link, BucketReader reader, OwnWrites own, TimeSpan? freshness = null)
{
    // So many conflicts without news may be caused by unfinished changes of others. After more, the index must be wrong, for example after a purge.
    private const int MostConflictsWithoutNews = 3;

    // The index is read after this many requests, and one more for as many entries as servers deliver in the time of a request. So a process that
    // reads little of a large bucket does not read its index, and one that reads much needs at most twice as long as with an index from the start.
    private const int RequestsBeforeIndex = 16;
    private const int EntriesPerRequest = 50;

    private static readonly TimeSpan IndexPatience = TimeSpan.FromSeconds(30);

    // The time after which changes of others, or a loss of the servers, are noticed at the latest.
    private readonly TimeSpan freshness = freshness ?? TimeSpan.FromSeconds(1);
    private readonly Lock starting = new();
    private volatile BucketIndex? index;
    private Task? indexing;
    private long asked;
    private long requests;
    private volatile bool cannotIndex;
    private int conflictsWithoutNews;

    /// <summary>The number of entries in the bucket when it was opened, which determines when the index is worth its cost.</summary>
    public long Size { private get; init; }

    /// <summary>The recently read contents.</summary>
    public BucketContents Contents { get; } = new(own);

    /// <summary>The index of names and revisions, which may lag slightly; null if there is none.</summary>
    public BucketIndex? Known => index is { IsLive: true } live ? live : null;

    /// <summary>Returns the index of names and revisions, as confirmed by the servers a moment ago; null if there is none.</summary>
    public BucketIndex? Fresh()
    {
        if (Known is not { } live)
        {
            return null;
        }

        // The index may have been read while this process made a change, and the change may not have arrived yet.
        Reach(live, own.Last);
        if (!live.IsLive || !ReferenceEquals(index, live))
        {
            return null;
        }

        if (asked != 0 && Stopwatch.GetElapsedTime(asked) < freshness)
        {
            return live;
        }

        // Changes that are applied after the request do not say anything about the answer.
        ulong before = live.Applied;
        ulong last = Newest();
        if (last < before)
        {
            // The bucket was purged, or it was deleted and created again.
            Forget();
            return null;
        }

        Reach(live, last);
        asked = Stopwatch.GetTimestamp();
        return live.IsLive && live.Applied >= last ? live : null;
    }

    /// <summary>Returns the index of names and revisions, and reads it if there is none.</summary>
    /// <exception cref="NatsKeysException">No server can be reached, or the index could not be read completely.</exception>
    public BucketIndex Indexed()
    {
        if (Fresh() is { } live)
        {
            return live;
        }

        lock (starting)
        {
            if (Known is null)
            {
                index?.Dispose();

                // The servers confirm the state when the read starts, which may be long before its end.
                long start = Stopwatch.GetTimestamp();
                index = NewIndex();
                asked = start;
            }
        }

        return Fresh() ?? throw link.Faults.IndexIncomplete();
    }

    /// <summary>Starts reading the index in the background, because that takes a while for a large bucket.</summary>
    public void BeginIndex()
    {
        if (indexing is null or { IsCompleted: true } && !cannotIndex)
        {
            using AsyncFlowControl _ = ExecutionContext.SuppressFlow();
            indexing = Task.Run(() =>
            {
                try
                {
                    Indexed();
                }
                catch (NatsKeysException error)
                {
                    // A caller that needs the index gets the error. A user who may not create consumers does not get permission by asking again.
                    cannotIndex = error.Code == ErrorCode.ServerRefused;
                }
            });
        }
    }

    /// <summary>Counts requests that an index would save, and starts reading it when they have cost as much as the index.</summary>
    public void Count(int requests)
    {
        if (Interlocked.Add(ref this.requests, requests) > RequestsBeforeIndex + (Size / EntriesPerRequest))
        {
            BeginIndex();
        }
    }

    /// <summary>Returns the names of a filter if they were read within the confirmation interval; null otherwise.</summary>
    public string[]? RecentNames(string filter) => Contents.FindRecentNames(filter, freshness);

    /// <summary>Returns the latest entry of a key if it was read within the confirmation interval; null otherwise.</summary>
    public BucketEntry? Recent(string key) => Contents.FindRecent(key, freshness);

    /// <summary>Makes a written change visible to the next read.</summary>
    public void Reach(ulong sequence)
    {
        // An index that is being read must have the change, too, before it is used.
        own.Add(sequence);
        if (Known is { } live)
        {
            Reach(live, sequence);
        }
    }

    /// <summary>Catches up with the changes of others after a conflict.</summary>
    public void Refresh()
    {
        own.Add();
        if (Known is not { } live)
        {
            return;
        }

        ulong before = live.Applied;
        asked = 0;
        Fresh();
        conflictsWithoutNews = live.Applied == before ? conflictsWithoutNews + 1 : 0;
        if (conflictsWithoutNews > MostConflictsWithoutNews)
        {
            Forget();
        }
    }

    /// <summary>Clears the cache. It is filled again at the next use.</summary>
    public void Forget()
    {
        index?.Dispose();
        index = null;
        Contents.Clear();
        own.Forget(own.Last);
        conflictsWithoutNews = 0;
        requests = 0;
    }

    /// <summary>Reads a new index. Retries if servers fail meanwhile.</summary>
    private BucketIndex NewIndex()
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            var made = new BucketIndex(link, reader);
            ulong written = own.Last;
            try
            {
                BucketStore.Wait(made.StartAsync(ReadStop.Token));
                if (made.Start < written)
                {
                    // The bucket was purged, or it was deleted and created again since the change.
                    own.Forget(written);
                }

                return made;
            }
            catch (NatsKeysException error) when (
                error.Code == ErrorCode.ServerUnreachable && made.IsBegun && Stopwatch.GetElapsedTime(start) < IndexPatience)
            {
                made.Dispose();
            }
            catch
            {
                made.Dispose();
                throw;
            }
        }
    }

    /// <summary>Waits until the index has reached a revision. If it does not, it is discarded, and the next use reads it anew.</summary>
    private void Reach(BucketIndex live, ulong sequence)
    {
        BucketStore.Wait(live.ReachAsync(sequence));
        if (live.Applied < sequence && ReferenceEquals(index, live))
        {
            live.Dispose();
            index = null;
        }
    }

    /// <summary>Returns the latest revision of all entities; 0 if there are none.</summary>
    private ulong Newest()
    {
        try
        {
            return BucketStore.Wait(reader.GetAsync(BucketKey.All))?.Revision ?? 0;
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.StoreNotFound)
        {
            Forget();
            throw;
        }
    }
}
