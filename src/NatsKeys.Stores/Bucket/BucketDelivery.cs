using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using NATS.Client.Core;

namespace NatsKeys.Bucket;

/// <summary>
/// The entries of a bucket that a server delivers over one connection, in order. The delivery ends if the connection is lost, a message is missing,
/// or the server falls silent. The reader then starts another delivery after the last entry. The client library has an equivalent, but it takes six
/// times as long for the names of a large bucket.
/// </summary>
internal sealed class BucketDelivery : IAsyncDisposable
{
    private const int ControlMessage = 100;

    // On two processors, a reader and its connection together would keep all threads of the pool from answers until the delivery is complete.
    private const int YieldEvery = 64;
    private const int NanosecondsPerTick = 100;
    private const string Stalled = "Nats-Consumer-Stalled";
    private const string LastDelivered = "Nats-Last-Consumer";

    // The interval at which an idle server sends heartbeats. Deliveries without a reader expire on the server.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);
    private readonly BucketLink link;
    private readonly BucketSession session;
    private readonly INatsSub<byte[]> messages;

    private BucketDelivery(BucketLink link, BucketSession session, INatsSub<byte[]> messages) =>
        (this.link, this.session, this.messages) = (link, session, messages);

    /// <summary>Whether the connection was lost.</summary>
    public bool IsLost => session.Link.IsLost;

    /// <summary>Makes a server deliver the entries of a filter.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="from">The first revision; null for the latest entry of each key and all later entries.</param>
    /// <param name="headersOnly">Whether the contents are omitted.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    public static Task<BucketDelivery> StartAsync(
        BucketLink link, string filter, ulong? from, bool headersOnly, CancellationToken cancellation)
    {
        string request = $"$JS.API.CONSUMER.CREATE.{link.Stream}.";
        return link.AskAsync(
            request,
            async (current, end) =>
            {
                string name = Guid.NewGuid().ToString("n");
                string inbox = $"{current.Link.Connection.Opts.InboxPrefix}.{name}";
                var wanted = new Dictionary<string, object>
                {
                    ["name"] = name,
                    ["deliver_subject"] = inbox,
                    ["deliver_policy"] = from is null ? "last_per_subject" : "by_start_sequence",
                    ["filter_subject"] = link.Prefix + filter,
                    ["ack_policy"] = "none",
                    ["max_deliver"] = 1,
                    ["headers_only"] = headersOnly,
                    ["flow_control"] = true,
                    ["idle_heartbeat"] = Heartbeat.Ticks * NanosecondsPerTick,
                    ["inactive_threshold"] = Silence.Ticks * NanosecondsPerTick,
                    ["mem_storage"] = true,
                    ["num_replicas"] = 1,
                };
                if (from is { } revision)
                {
                    wanted["opt_start_seq"] = revision;
                }

                INatsSub<byte[]> messages = await current.Link.Connection.SubscribeCoreAsync<byte[]>(inbox, cancellationToken: end)
                    .ConfigureAwait(false);
                try
                {
                    using JsonDocument _ = await current.AskAsync(
                        $"{request}{name}.{link.Prefix}{filter}", new() { ["stream_name"] = link.Stream, ["config"] = wanted }, end)
                        .ConfigureAwait(false);
                    return new BucketDelivery(link, current, messages);
                }
                catch
                {
                    await messages.DisposeAsync().ConfigureAwait(false);
                    throw;
                }
            },
            cancellation);
    }

    /// <summary>Reads the entries as long as they arrive in order.</summary>
    public async IAsyncEnumerable<BucketEntry> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        ulong delivered = 0;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, session.Link.Lost);
        while (await NextAsync(end.Token).ConfigureAwait(false) is { } message)
        {
            if (message.Headers?.Code == ControlMessage)
            {
                if (!await AnswerAsync(message, delivered).ConfigureAwait(false))
                {
                    yield break;
                }
            }
            else if (Position.Of(message.ReplyTo) is { } position && position.Delivered == ++delivered)
            {
                yield return BucketEntry.Read(
                    message.Subject[link.Prefix.Length..], position.Revision, position.Time, message.Headers, message.Data);
                if (delivered % YieldEvery == 0)
                {
                    await Task.Yield();
                }
            }
            else
            {
                yield break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await messages.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (BucketFaults.IsTransient(error))
        {
            // The subscription ended with the connection.
        }
    }

    /// <summary>Returns the next message; null if the delivery has ended.</summary>
    private async ValueTask<NatsMsg<byte[]>?> NextAsync(CancellationToken end)
    {
        if (!end.IsCancellationRequested && messages.Msgs.TryRead(out NatsMsg<byte[]> ready))
        {
            return ready;
        }

        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(end);
            patience.CancelAfter(Silence);
            return await messages.Msgs.ReadAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ChannelClosedException || BucketFaults.IsTransient(error))
        {
            return null;
        }
    }

    /// <summary>Answers flow control, so that the server continues. Returns false if messages are missing or the connection was lost.</summary>
    private async ValueTask<bool> AnswerAsync(NatsMsg<byte[]> message, ulong delivered)
    {
        NatsHeaders headers = message.Headers!;
        string? waiting = message.ReplyTo ?? (headers.TryGetValue(Stalled, out var stalled) ? stalled.ToString() : null);
        if (waiting is not null)
        {
            try
            {
                await session.Link.Connection.PublishAsync(waiting).ConfigureAwait(false);
            }
            catch (Exception error) when (BucketFaults.IsTransient(error))
            {
                return false;
            }
        }

        return !headers.TryGetValue(LastDelivered, out var last)
            || ulong.Parse(last.ToString(), CultureInfo.InvariantCulture) == delivered;
    }

    /// <summary>The position of a message in the stream and the delivery, from its acknowledgement subject.</summary>
    private readonly record struct Position(ulong Revision, ulong Delivered, DateTimeOffset Time)
    {
        // $JS.ACK.<stream>.<consumer>.<times>.<revision>.<delivered>.<nanoseconds>.<pending>. Newer servers insert two parts after ACK.
        private const int ShortLength = 9;
        private const int LongLength = 11;
        private const int Times = 4;
        public static Position? Of(string? subject)
        {
            string[] parts = subject?.Split('.') ?? [];
            int start = parts.Length >= LongLength ? Times + 2 : Times;
            return parts.Length >= ShortLength
                && ulong.TryParse(parts[start + 1], CultureInfo.InvariantCulture, out ulong revision)
                && ulong.TryParse(parts[start + 2], CultureInfo.InvariantCulture, out ulong delivered)
                && long.TryParse(parts[start + 3], CultureInfo.InvariantCulture, out long nanoseconds)
                    ? new Position(revision, delivered, DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / NanosecondsPerTick))
                    : null;
        }
    }
}
