using System.Runtime.CompilerServices;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using NatsKeys.Server;

namespace NatsKeys.Bucket;

/// <summary>Reads entries of a bucket in the order in which they were written, and follows those that come.</summary>
/// <param name="link">The connection.</param>
/// <param name="reader">Reads by keys.</param>
internal sealed class BucketFeed(BucketLink link, BucketReader reader)
{
    /// <summary>Reads what is there of a filter, in the order in which it was written.</summary>
    /// <param name="key">The filter.</param>
    /// <param name="newest">Whether only the newest entry of each key is read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async IAsyncEnumerable<BucketEntry> ReadAsync(
        string key, bool newest, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (await reader.GetAsync(key, cancellation).ConfigureAwait(false) is not { } last)
        {
            yield break;
        }

        Following consumer = await FollowAsync(
            key, newest ? ConsumerConfigDeliverPolicy.LastPerSubject : ConsumerConfigDeliverPolicy.All, headersOnly: false, cancellation)
            .ConfigureAwait(false);
        await foreach (BucketEntry entry in EntriesAsync(consumer, cancellation).ConfigureAwait(false))
        {
            yield return entry;
            if (entry.Revision >= last.Revision)
            {
                yield break;
            }
        }

        cancellation.ThrowIfCancellationRequested();
        throw new NatsKeysException(ErrorCode.ServerUnreachable, $"The connection to the bucket {link.Address} was lost while it was read.");
    }

    /// <summary>Gives what is written from now on. A connection that is lost is made again, and nothing is passed over.</summary>
    public async IAsyncEnumerable<BucketEntry> WatchAsync(string key, [EnumeratorCancellation] CancellationToken cancellation)
    {
        link.BeginWatch();
        try
        {
            ulong last = (await reader.GetAsync(key, cancellation).ConfigureAwait(false))?.Revision ?? 0;
            while (!cancellation.IsCancellationRequested)
            {
                Following consumer = await FollowAsync(
                    key, ConsumerConfigDeliverPolicy.ByStartSequence, headersOnly: false, cancellation, last + 1).ConfigureAwait(false);
                await foreach (BucketEntry entry in EntriesAsync(consumer, cancellation).ConfigureAwait(false))
                {
                    last = entry.Revision;
                    yield return entry;
                }
            }
        }
        finally
        {
            link.EndWatch();
        }
    }

    /// <summary>The entry of the same key before; null where it is not kept any more.</summary>
    public Task<BucketEntry?> GetBeforeAsync(BucketEntry entry) => link.AskAsync<BucketEntry?>(
        async (current, end) =>
        {
            // Of the messages of one key, the last one before a sequence is only found from the front.
            BucketEntry? before = null;
            INatsJSPushConsumer consumer = await current.JetStream.CreateOrderedPushConsumerAsync(
                link.Stream, new NatsJSOrderedConsumerOpts { FilterSubjects = [link.Prefix + entry.Key] }, end).ConfigureAwait(false);
            await foreach (BucketEntry one in EntriesAsync(new Following(consumer, current.Link), end).ConfigureAwait(false))
            {
                if (one.Revision >= entry.Revision)
                {
                    break;
                }

                before = one;
            }

            return before;
        },
        CancellationToken.None);

    /// <summary>Makes a consumer of a filter.</summary>
    public Task<Following> FollowAsync(
        string key, ConsumerConfigDeliverPolicy policy, bool headersOnly, CancellationToken cancellation, ulong from = 0) => link.AskAsync(
        async (current, end) => new Following(
            await current.JetStream.CreateOrderedPushConsumerAsync(
                link.Stream,
                new NatsJSOrderedConsumerOpts
                {
                    FilterSubjects = [link.Prefix + key],
                    DeliverPolicy = policy,
                    HeadersOnly = headersOnly,
                    OptStartSeq = from,
                },
                end).ConfigureAwait(false),
            current.Link),
        cancellation);

    /// <summary>What a consumer gives, until it is cancelled or the connection is lost. Who stops early does not wait for more.</summary>
    public async IAsyncEnumerable<BucketEntry> EntriesAsync(Following following, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, following.Link.Lost);
        IAsyncEnumerator<INatsJSMsg<byte[]>> messages = following.Consumer.ConsumeAsync<byte[]>(cancellationToken: end.Token)
            .GetAsyncEnumerator(end.Token);
        try
        {
            while (await NextAsync(messages).ConfigureAwait(false))
            {
                yield return Read(messages.Current);
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await messages.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The next message; false where there are no more, or the connection was lost.</summary>
    private static async Task<bool> NextAsync(IAsyncEnumerator<INatsJSMsg<byte[]>> messages)
    {
        try
        {
            return await messages.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (BucketFaults.IsTransient(error))
        {
            return false;
        }
    }

    private BucketEntry Read(INatsJSMsg<byte[]> message) => BucketEntry.Read(
        message.Subject[link.Prefix.Length..],
        message.Metadata!.Value.Sequence.Stream,
        message.Metadata.Value.Timestamp,
        message.Headers,
        message.Data);

    /// <summary>What is delivered over a connection, and ends with it.</summary>
    internal sealed record Following(INatsJSPushConsumer Consumer, ServerLink Link);
}
