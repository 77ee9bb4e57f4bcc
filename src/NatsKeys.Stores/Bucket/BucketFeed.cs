using System.Runtime.CompilerServices;

namespace NatsKeys.Bucket;

/// <summary>
/// Reads the entries of a bucket in order, and waits for new ones. Contents are read page by page on demand. If they were delivered, they would
/// block the shared connection while the reader is busy.
/// </summary>
/// <param name="link">The connection.</param>
/// <param name="reader">Reads entries by key.</param>
internal sealed class BucketFeed(BucketLink link, BucketReader reader)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Reads the existing entries page by page, from the oldest that is kept.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="cancellation">Cancels the read.</param>
    public async IAsyncEnumerable<IReadOnlyList<BucketEntry>> ReadAsync(
        string filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await reader.GetAsync(filter, cancellation).ConfigureAwait(false) is { } last)
        {
            await foreach (IReadOnlyList<BucketEntry> page in PagesAsync(filter, 1, last.Revision, cancellation).ConfigureAwait(false))
            {
                yield return page;
            }
        }
    }

    /// <summary>
    /// Returns entries that are written from now on, page by page. A lost connection is restored, and no entry is missed.
    /// </summary>
    /// <param name="filter">The filter.</param>
    /// <param name="cancellation">Ends the watch.</param>
    public async IAsyncEnumerable<IReadOnlyList<BucketEntry>> WatchAsync(
        string filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        link.BeginWatch();
        try
        {
            ulong last = (await reader.GetAsync(filter, cancellation).ConfigureAwait(false))?.Revision ?? 0;
            var news = new BucketNews(link, filter, last, cancellation);
            await using (news.ConfigureAwait(false))
            {
                while (await news.NextAsync(last).ConfigureAwait(false) is { } newest)
                {
                    await foreach (IReadOnlyList<BucketEntry> page in PagesAsync(filter, last + 1, newest, cancellation).ConfigureAwait(false))
                    {
                        yield return page;
                    }

                    last = newest;
                }
            }
        }
        finally
        {
            link.EndWatch();
        }
    }

    /// <summary>Returns the latest entries of some keys before a revision. Entries that are no longer kept are omitted.</summary>
    /// <param name="keys">The keys, at most <see cref="BucketReader.MaximumRead"/>.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="cancellation">Cancels the read.</param>
    public async Task<IReadOnlyList<BucketEntry>> GetBeforeAsync(IReadOnlyCollection<string> keys, ulong revision, CancellationToken cancellation)
    {
        if (revision <= 1)
        {
            return [];
        }

        if (await reader.GetManyAsync(keys, revision - 1).ConfigureAwait(false) is { IsTooMany: false } page)
        {
            return page.Entries;
        }

        // The last entry of a key before a revision can then be found only by reading its entries from the start.
        var found = new List<BucketEntry>();
        foreach (string key in keys)
        {
            BucketEntry? before = null;
            for (ulong next = 1; await reader.GetNextAsync(key, next, cancellation).ConfigureAwait(false) is { } one && one.Revision < revision;)
            {
                before = one;
                next = one.Revision + 1;
            }

            if (before is not null)
            {
                found.Add(before);
            }
        }

        return found;
    }

    private async IAsyncEnumerable<IReadOnlyList<BucketEntry>> PagesAsync(
        string filter, ulong from, ulong until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (from <= until)
        {
            BucketPage? page = await reader.GetNextAsync(filter, from).ConfigureAwait(false);
            IReadOnlyList<BucketEntry> entries = page is not null ? page.Entries
                : await reader.GetNextAsync(filter, from, cancellation).ConfigureAwait(false) is { } one ? [one]
                : [];
            cancellation.ThrowIfCancellationRequested();
            if (entries.Count > 0)
            {
                yield return entries[^1].Revision <= until ? entries : [.. entries.TakeWhile(entry => entry.Revision <= until)];
                from = entries[^1].Revision + 1;
            }
            else if (page is null
                || await reader.GetNextAsync(filter, from, cancellation).ConfigureAwait(false) is not { } next
                || next.Revision > until)
            {
                // The entries were purged meanwhile.
                yield break;
            }
            else
            {
                // The nearby server lags behind.
                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
        }
    }
}
