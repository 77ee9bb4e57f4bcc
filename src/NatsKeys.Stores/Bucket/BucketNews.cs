namespace NatsKeys.Bucket;

/// <summary>Says that something was written into a bucket, and until where; what it is, nobody needs to hear in time.</summary>
internal sealed class BucketNews : IAsyncDisposable
{
    private readonly BucketLink link;
    private readonly string filter;
    private readonly CancellationTokenSource end;
    private readonly SemaphoreSlim changed = new(0, 1);
    private readonly Task following;
    private long newest;

    /// <summary>Begins to listen.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="filter">The entries that are meant.</param>
    /// <param name="known">The newest revision that is known.</param>
    /// <param name="cancellation">Ends the listening.</param>
    public BucketNews(BucketLink link, string filter, ulong known, CancellationToken cancellation)
    {
        (this.link, this.filter, newest) = (link, filter, (long)known);
        end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        following = Task.Run(FollowAsync, CancellationToken.None);
    }

    /// <summary>Waits for something newer than a revision, and gives the newest one; null where the listening was ended.</summary>
    /// <exception cref="NatsKeysException">Servers stay away, or the bucket is gone.</exception>
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
