using System.Diagnostics;

namespace NatsKeys.Bucket;

/// <summary>
/// What this process knows of a bucket: all names and revisions, once enough was asked, and the contents that were read last. It is kept true by
/// a watch, and confirmed by the servers at least once a second, so that what is read is never old, and never read without servers.
/// </summary>
/// <param name="link">The connection.</param>
/// <param name="reader">Reads by keys.</param>
internal sealed class BucketCache(BucketLink link, BucketReader reader)
{
    // Of conflicts without news, so many may come from others who are not done. Then the picture is wrong, as where somebody purged a key.
    private const int MostConflictsWithoutNews = 3;

    // What others wrote is seen at latest after this time, and so is that the servers are gone.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IndexPatience = TimeSpan.FromSeconds(30);
    private readonly Lock starting = new();
    private volatile BucketIndex? index;
    private Task? indexing;
    private long asked;
    private int conflictsWithoutNews;

    /// <summary>The contents that were read last.</summary>
    public BucketContents Contents { get; } = new();

    /// <summary>The names and revisions as far as they are known, which may be a moment old; null where they are not.</summary>
    public BucketIndex? Known => index is { IsLive: true } live ? live : null;

    /// <summary>The names and revisions, as the servers confirmed them a moment ago; null where they are not known.</summary>
    public BucketIndex? Fresh()
    {
        if (Known is not { } live)
        {
            return null;
        }

        if (asked != 0 && Stopwatch.GetElapsedTime(asked) < Freshness)
        {
            return live;
        }

        ulong last = Newest(live);
        if (last < live.Applied)
        {
            // The bucket was made anew.
            Forget();
            return null;
        }

        Reach(live, last);
        asked = Stopwatch.GetTimestamp();
        return live.IsLive && live.Applied >= last ? live : null;
    }

    /// <summary>The names and revisions, which are read where they are not known.</summary>
    /// <exception cref="NatsKeysException">No server is reached, or they could not be read to the end.</exception>
    public BucketIndex Indexed()
    {
        if (Fresh() is { } live)
        {
            return live;
        }

        lock (starting)
        {
            if (Known is { } other)
            {
                return other;
            }

            index?.Dispose();
            BucketIndex made = NewIndex();
            asked = Stopwatch.GetTimestamp();
            return index = made;
        }
    }

    /// <summary>Reads the names and revisions while other reads go on: those of a large bucket take a while.</summary>
    public void BeginIndex()
    {
        if (indexing is null or { IsCompleted: true })
        {
            using AsyncFlowControl _ = ExecutionContext.SuppressFlow();
            indexing = Task.Run(() =>
            {
                try
                {
                    Indexed();
                }
                catch (NatsKeysException)
                {
                    // Who needs it says why there is none.
                }
            });
        }
    }

    /// <summary>The newest entry of a key, where it was read not longer ago than servers are asked anew; null otherwise.</summary>
    public BucketEntry? Recent(string key) => Contents.FindRecent(key, Freshness);

    /// <summary>Has what was written seen by whoever reads next.</summary>
    public void Reach(ulong sequence)
    {
        Contents.Age();
        if (Known is { } live)
        {
            Reach(live, sequence);
        }
    }

    /// <summary>Takes note that a change was refused, and learns what others wrote.</summary>
    public void Refresh()
    {
        Contents.Age();
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

    /// <summary>Lets everything go. It comes back with the next use.</summary>
    public void Forget()
    {
        index?.Dispose();
        index = null;
        Contents.Clear();
        conflictsWithoutNews = 0;
    }

    /// <summary>New names and revisions. Where servers come and go meanwhile, it is begun again.</summary>
    private BucketIndex NewIndex()
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            var made = new BucketIndex(link, reader);
            try
            {
                BucketStore.Wait(made.StartAsync(ReadStop.Token));
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

    /// <summary>Waits for a revision. What is not kept true any more is made anew with the next read.</summary>
    private void Reach(BucketIndex live, ulong sequence)
    {
        BucketStore.Wait(live.ReachAsync(sequence));
        if (live.Applied < sequence && ReferenceEquals(index, live))
        {
            live.Dispose();
            index = null;
        }
    }

    private ulong Newest(BucketIndex live)
    {
        ulong before = live.Applied;
        try
        {
            return BucketStore.Wait(reader.GetAsync(BucketKey.All))?.Revision ?? before;
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.StoreNotFound)
        {
            Forget();
            throw;
        }
    }
}
