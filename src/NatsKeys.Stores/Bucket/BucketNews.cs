namespace NatsKeys.Bucket;

/// <summary>Watches a bucket for new revisions. It reports only the latest revision, so that slow readers do not delay the delivery.</summary>
internal sealed class BucketNews : IAsyncDisposable
{
    private readonly BucketLink link;
    private readonly string filter;
    private readonly CancellationTokenSource end;
    private readonly SemaphoreSlim changed = new(0, 1);
    private readonly Task following;
    private long newest;

    /// <summary>Starts watching.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="filter">The filter of the entries to watch.</param>
    /// <param name="known">The latest known revision.</param>
    /// <param name="cancellation">Ends the watch.</param>
    public BucketNews(BucketLink link, string filter, ulong known, CancellationToken cancellation)
    {
        (this.link, this.filter, newest) = (link, filter, (long)known);
        end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        following = Task.Run(FollowAsync, CancellationToken.None);
    }

    /// <summary>Waits for a revision later than a known one, and returns the latest; null if the watch was ended.</summary>
    /// <exception cref="NatsKeysException">No server responds, or the bucket was deleted.</exception>
    public async Task<ulong?> NextAsync(ulong known)
    {
        while (true)
        {
            if ((ulong)Interlocked.Read(ref newest) is var now && now > known)
            {
                return now;
            }

            if (following.IsCompleted)
            {
                await following.ConfigureAwait(false);
                return null;
            }

            await Task.WhenAny(changed.WaitAsync(CancellationToken.None), following).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync().ConfigureAwait(false);
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    private async Task FollowAsync()
    {
        while (!end.IsCancellationRequested)
        {
            BucketDelivery delivery;
            try
            {
                delivery = await BucketDelivery.StartAsync(
                    link, filter, (ulong)Interlocked.Read(ref newest) + 1, headersOnly: true, end.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                return;
            }

            await using (delivery.ConfigureAwait(false))
            {
                await foreach (BucketEntry entry in delivery.ReadAsync(end.Token).ConfigureAwait(false))
                {
                    Interlocked.Exchange(ref newest, (long)entry.Revision);
                    if (changed.CurrentCount == 0)
                    {
                        changed.Release();
                    }
                }
            }
        }
    }
}
