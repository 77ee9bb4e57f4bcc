using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using NatsKeys.Rules;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Bucket;

/// <summary>
/// The connection to a bucket, which the stores of a process share. A connection that is lost is made again, as a cluster that loses a server goes
/// on with the others; what changes nothing is then asked again. What knows the JetStream library is here and in <see cref="BucketIndex"/>.
/// </summary>
/// <param name="address">The bucket.</param>
/// <param name="options">How the servers are reached.</param>
/// <param name="credential">Opens the credentials, each time that a connection is made.</param>
internal sealed class BucketLink(BucketAddress address, ServerOptions options, Func<NatsCredential> credential) : IAsyncDisposable
{
    /// <summary>The most messages that servers take as one batch.</summary>
    public const int MaximumBatch = 1000;

    /// <summary>The most keys that are read at once. Servers give 1,024.</summary>
    public const int MaximumRead = 500;

    // Messages of a batch after which the server's word is waited for, so that it does not fall behind.
    private const int AckEvery = 100;
    private const int WrongLastSequence = 10071;

    // The same, where the message that was faster is not stored yet.
    private const int WrongLastSequenceInFlight = 10164;
    private const int StreamExists = 10058;
    private const int StreamNotFound = 10059;
    private const int MessageNotFound = 10037;
    private const int NotEnabledForAccount = 10039;
    private const int NotEnabled = 10076;

    // The server forgot the batch, as a new leader has, or has too many of others: nothing was written, and it is tried again.
    private const int BatchIncomplete = 10176;
    private const int TooManyBatches = 10210;

    // The cluster has no leader at the moment.
    private const int NotAvailable = 10008;
    private const int EndOfBatch = 204;
    private const int ServiceUnavailable = 503;
    private const int HeaderRoom = 2048;
    private const string ExpectedSequence = "Nats-Expected-Last-Subject-Sequence";
    private const string ExpectedSubject = "Nats-Expected-Last-Subject-Sequence-Subject";
    private const string RecordLife = "3600s";
    private const string FenceHeader = "NatsKeys-Fence";

    // A cluster that lost a server elects another one within seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A server that is started again is there within seconds.
    private static readonly TimeSpan ReconnectPatience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly SemaphoreSlim connecting = new(1, 1);
    private Session? session;
    private bool wasConnected;
    private bool hasAnswered;
    private bool cannotReadMany;
    private string? user;
    private long lastUse = Stopwatch.GetTimestamp();
    private int watches;

    public BucketAddress Address => address;

    /// <summary>Who writes: the user by its name, and the machine.</summary>
    public string By => $"{user ?? "?"}@{Environment.MachineName}";

    /// <summary>How long nobody has asked anything; nothing while somebody watches.</summary>
    public TimeSpan Idle => Volatile.Read(ref watches) > 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(Volatile.Read(ref lastUse));

    private string Stream => "KV_" + address.Bucket;

    private string MessageRequest => $"$JS.API.STREAM.MSG.GET.{Stream}";

    private string Prefix => $"$KV.{address.Bucket}.";

    /// <summary>Makes the bucket.</summary>
    /// <param name="replicas">How many servers keep it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.StoreExists"/>, <see cref="ErrorCode.ServerTooOld"/>, <see cref="ErrorCode.ServerRefused"/>, or no server is reached.
    /// </exception>
    public Task<bool> CreateAsync(int replicas, CancellationToken cancellation) => WithAsync(
        async (current, end) =>
        {
            NatsJSContext js = current.JetStream;
            if (ServerVersion.TryParse(current.Link.Server.Version, out ServerVersion version) && !version.Has(ServerFeature.AtomicBatches))
            {
                throw TooOld($"The server {current.Link.Server} has version {version}.");
            }

            var config = new StreamConfig(Stream, [Prefix + ">"])
            {
                Description = "A store of NatsKeys",
                MaxMsgsPerSubject = 64,
                NumReplicas = replicas,
                Storage = StreamConfigStorage.File,
                Discard = StreamConfigDiscard.New,
                AllowDirect = true,
                AllowRollupHdrs = true,
                DenyDelete = true,
                AllowMsgTTL = true,
                AllowAtomicPublish = true,
                DuplicateWindow = TimeSpan.FromMinutes(2),
            };
            INatsJSStream made = await js.CreateStreamAsync(config, end).ConfigureAwait(false);
            if (!made.Info.Config.AllowAtomicPublish)
            {
                // The server that leads is older than the one that was asked. It passes over what it does not know.
                await made.DeleteAsync(end).ConfigureAwait(false);
            }

            RequireUsable(made.Info.Config);
            return true;
        },
        cancellation);

    /// <summary>The number of entries and their size; null where there is no such bucket.</summary>
    public Task<StreamInfo?> FindAsync(CancellationToken cancellation) => WithAsync<StreamInfo?>(
        async (current, end) =>
        {
            try
            {
                return (await current.JetStream.GetStreamAsync(Stream, cancellationToken: end).ConfigureAwait(false)).Info;
            }
            catch (NatsJSApiException error) when (error.Error.ErrCode == StreamNotFound)
            {
                return null;
            }
        },
        cancellation);

    /// <summary>Refuses a bucket that cannot take a change as a whole.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ServerTooOld"/>.</exception>
    public void RequireUsable(StreamConfig config)
    {
        if (!config.AllowAtomicPublish || !config.AllowMsgTTL)
        {
            string missing = config.AllowAtomicPublish ? "times to live (allow_msg_ttl)" : "atomic batches (allow_atomic)";
            throw TooOld($"The bucket {address.Bucket} does not allow {missing}.");
        }
    }

    /// <summary>The newest entry of a key, from the server that leads; null where there is none.</summary>
    /// <param name="key">The key, or a filter.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task<BucketEntry?> GetAsync(string key, CancellationToken cancellation = default) => WithAsync<BucketEntry?>(
        async (current, end) =>
        {
            try
            {
                StreamMsgGetResponse found = await current.JetStream.JSRequestResponseAsync<StreamMsgGetRequest, StreamMsgGetResponse>(
                    MessageRequest, new StreamMsgGetRequest { LastBySubj = Prefix + key }, end).ConfigureAwait(false);
                return found.Message is { } message
                    ? BucketEntry.Read(
                        message.Subject![Prefix.Length..], message.Seq, message.Time, HeaderText.Read(message.Hdrs), message.Data.ToArray())
                    : null;
            }
            catch (NatsJSApiException error) when (error.Error.ErrCode == MessageNotFound)
            {
                return null;
            }
        },
        cancellation);

    /// <summary>
    /// The newest entries of several keys at once, from whatever server is near: it may be a moment behind, so what it says is compared with what
    /// is known. What cannot be read in this way is left out.
    /// </summary>
    /// <param name="keys">The keys, at most <see cref="MaximumRead"/>.</param>
    public async Task<List<BucketEntry>> GetManyAsync(IReadOnlyCollection<string> keys)
    {
        var found = new List<BucketEntry>(keys.Count);
        if (cannotReadMany)
        {
            return found;
        }

        try
        {
            Session current = await ConnectedAsync(CancellationToken.None).ConfigureAwait(false);
            byte[] request = JsonSerializer.SerializeToUtf8Bytes(
                new Dictionary<string, object> { ["multi_last"] = keys.Select(key => Prefix + key), ["batch"] = keys.Count });
            using var end = CancellationTokenSource.CreateLinkedTokenSource(current.Link.Lost);
            end.CancelAfter(options.Timeout);
            await foreach (NatsMsg<byte[]> message in current.Link.Connection.RequestManyAsync<byte[], byte[]>(
                $"$JS.API.DIRECT.GET.{Stream}", request, replyOpts: new NatsSubOpts { StopOnEmptyMsg = false }, cancellationToken: end.Token)
                .ConfigureAwait(false))
            {
                if (message.Headers is not { } headers || headers.Code == EndOfBatch
                    || !headers.TryGetValue("Nats-Subject", out StringValues subject))
                {
                    break;
                }

                found.Add(BucketEntry.Read(
                    subject.ToString()[Prefix.Length..],
                    ulong.Parse(headers["Nats-Sequence"].ToString(), CultureInfo.InvariantCulture),
                    DateTimeOffset.Parse(headers["Nats-Time-Stamp"].ToString(), CultureInfo.InvariantCulture),
                    headers,
                    message.Data ?? []));
            }
        }
        catch (Exception error) when (IsTransient(error))
        {
            // The user may not ask in this way, or the bucket does not allow it. Then each key is asked for.
        }

        cannotReadMany = found.Count == 0;
        return found;
    }

    /// <summary>Closes the connection, which is made again when it is needed.</summary>
    public async Task RestAsync()
    {
        try
        {
            await DropAsync(session).ConfigureAwait(false);
        }
        catch (Exception error) when (IsTransient(error))
        {
            // It is gone then.
        }
    }

    /// <summary>Writes messages as one: all of them are there then, or none.</summary>
    /// <param name="id">The identifier of the change, which is used once.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="cancellation">Ends the waiting until the last message is sent. From then on the outcome is waited for.</param>
    /// <returns>The sequence of the last message; null where something had changed that must not have.</returns>
    /// <exception cref="NatsKeysException">Nothing was written; or <see cref="ErrorCode.OutcomeUnknown"/>.</exception>
    public async Task<ulong?> CommitAsync(string id, IReadOnlyList<BucketWrite> messages, CancellationToken cancellation)
    {
        BucketWrite[] all = [new(BucketKey.OfChange(id), [], BucketEntry.Headers(null, By, id, isDeleted: false)) { IsRecord = true }, .. messages];
        if (all.Length > MaximumBatch)
        {
            throw new NatsKeysException(
                ErrorCode.ChangeTooLarge,
                $"The change would write {all.Length:N0} messages into the bucket {address.Bucket} as one. Servers take {MaximumBatch:N0}. "
                    + "Nothing was changed.");
        }

        bool isSent = false;
        Session? current = null;
        try
        {
            current = await ConnectedAsync(cancellation).ConfigureAwait(false);
            RequireFits(current, all);
            for (int at = 0; ; at++)
            {
                bool isLast = at == all.Length - 1;
                NatsHeaders headers = Headers(all[at], id, at, isLast);
                string subject = Prefix + all[at].Key;
                if (!isLast && (at == 0 || at % AckEvery != 0))
                {
                    await current.Link.Connection.PublishAsync(subject, all[at].Body, headers, cancellationToken: cancellation).ConfigureAwait(false);
                    continue;
                }

                isSent = isLast;
                using var end = CancellationTokenSource.CreateLinkedTokenSource(isLast ? CancellationToken.None : cancellation);
                end.CancelAfter(options.Timeout);
                NatsMsg<byte[]> reply = await current.Link.Connection.RequestAsync<byte[], byte[]>(
                    subject, all[at].Body, headers, cancellationToken: end.Token).ConfigureAwait(false);
                PublishAnswer answer = PublishAnswer.Read(reply.Data);
                if (answer.Code is WrongLastSequence or WrongLastSequenceInFlight or BatchIncomplete or TooManyBatches)
                {
                    return null;
                }

                if (answer.Code == NotAvailable)
                {
                    throw new TimeoutException(answer.Text);
                }

                if (answer.Code != 0)
                {
                    throw Refused(answer.Text);
                }

                if (isLast)
                {
                    return answer.Sequence;
                }
            }
        }
        catch (Exception error) when (IsTransient(error))
        {
            // What was refused belongs to this attempt: the next one has a connection of its own.
            string? refusal = current?.Link.Refusal;
            await DropAsync(current).ConfigureAwait(false);
            if (refusal is not null)
            {
                throw Refused(refusal, error);
            }

            if (isSent)
            {
                return await FindOutAsync(id, all.Length, error).ConfigureAwait(false);
            }

            // The batch has no end, so servers forget it: nothing was changed, and the change is made again from what is there then.
            cancellation.ThrowIfCancellationRequested();
            return error is NatsKeysException && !wasConnected ? throw Unreachable(error) : null;
        }
    }

    /// <summary>Reads what is there of a filter, in the order in which it was written.</summary>
    /// <param name="key">The filter.</param>
    /// <param name="newest">Whether only the newest entry of each key is read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async IAsyncEnumerable<BucketEntry> ReadAsync(
        string key, bool newest, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (await GetAsync(key, cancellation).ConfigureAwait(false) is not { } last)
        {
            yield break;
        }

        Following consumer = await FollowAsync(
            key, newest ? ConsumerConfigDeliverPolicy.LastPerSubject : ConsumerConfigDeliverPolicy.All, headersOnly: false, cancellation)
            .ConfigureAwait(false);
        await foreach (BucketEntry entry in MessagesAsync(consumer, cancellation).ConfigureAwait(false))
        {
            yield return entry;
            if (entry.Revision >= last.Revision)
            {
                yield break;
            }
        }

        cancellation.ThrowIfCancellationRequested();
        throw new NatsKeysException(ErrorCode.ServerUnreachable, $"The connection to the bucket {address} was lost while it was read.");
    }

    /// <summary>Gives what is written from now on. A connection that is lost is made again, and nothing is passed over.</summary>
    public async IAsyncEnumerable<BucketEntry> WatchAsync(string key, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Interlocked.Increment(ref watches);
        try
        {
            ulong last = (await GetAsync(key, cancellation).ConfigureAwait(false))?.Revision ?? 0;
            while (!cancellation.IsCancellationRequested)
            {
                Following consumer = await FollowAsync(
                    key, ConsumerConfigDeliverPolicy.ByStartSequence, headersOnly: false, cancellation, last + 1).ConfigureAwait(false);
                await foreach (BucketEntry entry in MessagesAsync(consumer, cancellation).ConfigureAwait(false))
                {
                    last = entry.Revision;
                    yield return entry;
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref watches);
            Volatile.Write(ref lastUse, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>The entry of the same key before; null where it is not kept any more.</summary>
    public Task<BucketEntry?> GetBeforeAsync(BucketEntry entry) => WithAsync<BucketEntry?>(
        async (current, end) =>
        {
            // Of the messages of one key, the last one before a sequence is only found from the front.
            BucketEntry? before = null;
            INatsJSPushConsumer consumer = await current.JetStream.CreateOrderedPushConsumerAsync(
                Stream, new NatsJSOrderedConsumerOpts { FilterSubjects = [Prefix + entry.Key] }, end).ConfigureAwait(false);
            await foreach (BucketEntry one in MessagesAsync(new Following(consumer, current.Link), end).ConfigureAwait(false))
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
        string key, ConsumerConfigDeliverPolicy policy, bool headersOnly, CancellationToken cancellation, ulong from = 0) => WithAsync(
        async (current, end) => new Following(
            await current.JetStream.CreateOrderedPushConsumerAsync(
                Stream,
                new NatsJSOrderedConsumerOpts
                {
                    FilterSubjects = [Prefix + key],
                    DeliverPolicy = policy,
                    HeadersOnly = headersOnly,
                    OptStartSeq = from,
                },
                end).ConfigureAwait(false),
            current.Link),
        cancellation);

    /// <summary>What a message says.</summary>
    private BucketEntry Read(INatsJSMsg<byte[]> message) => BucketEntry.Read(
        message.Subject[Prefix.Length..], message.Metadata!.Value.Sequence.Stream, message.Metadata.Value.Timestamp, message.Headers, message.Data);

    public async ValueTask DisposeAsync()
    {
        await DropAsync(session).ConfigureAwait(false);
        connecting.Dispose();
    }

    /// <summary>Does what changes nothing, again and again while servers come and go.</summary>
    private async Task<T> WithAsync<T>(
        Func<Session, CancellationToken, Task<T>> work, CancellationToken cancellation, bool isPatient = false)
    {
        long start = Stopwatch.GetTimestamp();
        if (!cancellation.CanBeCanceled)
        {
            cancellation = ReadStop.Token;
        }

        while (true)
        {
            Session? current = null;
            try
            {
                current = await ConnectedAsync(cancellation).ConfigureAwait(false);
                using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                end.CancelAfter(options.Timeout);
                T result = await work(current, end.Token).ConfigureAwait(false);
                hasAnswered = true;
                return result;
            }
            catch (NatsJSApiException error) when (!IsTransient(error))
            {
                throw error.Error.ErrCode switch
                {
                    StreamExists => new NatsKeysException(
                        ErrorCode.StoreExists, $"The bucket {address.Bucket} exists already.", error) { Remedy = Remedy.OpenStore },
                    StreamNotFound => NotThere(error),
                    _ => Refused(error.Error.Description ?? error.Message, error),
                };
            }
            catch (Exception error) when (IsTransient(error))
            {
                cancellation.ThrowIfCancellationRequested();
                if (current?.Link.Refusal is { } refusal)
                {
                    await DropAsync(current).ConfigureAwait(false);
                    throw Refused(refusal, error);
                }

                TimeSpan patience = isPatient ? Patience
                    : current is null ? ReconnectPatience
                    : error is NatsNoRespondersException && !hasAnswered ? options.Timeout : Patience;
                if (Stopwatch.GetElapsedTime(start) > patience || !wasConnected)
                {
                    throw Unreachable(error);
                }

                if (current?.Link.IsLost != false)
                {
                    await DropAsync(current).ConfigureAwait(false);
                }

                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What a consumer gives, until it is cancelled or the connection is lost. Who stops early does not wait for more.</summary>
    public async IAsyncEnumerable<BucketEntry> MessagesAsync(Following following, [EnumeratorCancellation] CancellationToken cancellation)
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
        catch (Exception error) when (IsTransient(error))
        {
            return false;
        }
    }

    private async Task<Session> ConnectedAsync(CancellationToken cancellation)
    {
        await connecting.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            Volatile.Write(ref lastUse, Stopwatch.GetTimestamp());
            if (session is { Link.IsLost: false } current)
            {
                return current;
            }

            await CloseAsync().ConfigureAwait(false);
            using NatsCredential opened = credential();
            ServerLink link = await ServerLink.ConnectAsync(options, opened, cancellation).ConfigureAwait(false);
            user = opened.Token.Name;
            wasConnected = true;
            return session = new Session(
                link, new NatsJSContext(link.Connection, new NatsJSOpts(link.Connection.Opts, requestTimeout: options.Timeout)));
        }
        finally
        {
            connecting.Release();
        }
    }

    /// <summary>
    /// Finds out whether a change was made whose answer was lost. Its record can be written once: who writes it now keeps the change from being
    /// made later, and who cannot write it finds that it was made.
    /// </summary>
    private async Task<ulong?> FindOutAsync(string id, int messages, Exception cause)
    {
        string key = BucketKey.OfChange(id);
        using var never = new CancellationTokenSource();
        try
        {
            return await WithAsync<ulong?>(
                async (current, end) =>
                {
                    NatsJSContext js = current.JetStream;
                    var headers = new NatsHeaders { [ExpectedSequence] = "0", [FenceHeader] = "1", ["Nats-TTL"] = RecordLife };
                    NatsMsg<byte[]> reply = await js.Connection.RequestAsync<byte[], byte[]>(
                        Prefix + key, [], headers, cancellationToken: end).ConfigureAwait(false);
                    PublishAnswer answer = PublishAnswer.Read(reply.Data);
                    if (answer.Code == 0)
                    {
                        return null;
                    }

                    if (answer.Code != WrongLastSequence)
                    {
                        // The change itself may be on its way. It is asked for again.
                        throw new TimeoutException(answer.Text);
                    }

                    StreamMsgGetResponse found = await js.JSRequestResponseAsync<StreamMsgGetRequest, StreamMsgGetResponse>(
                        MessageRequest, new StreamMsgGetRequest { LastBySubj = Prefix + key }, end).ConfigureAwait(false);
                    if (HeaderText.Read(found.Message?.Hdrs).ContainsKey(FenceHeader))
                    {
                        return null;
                    }

                    // The record is the first message of the change, and its entities are the last ones.
                    return found.Message!.Seq + (ulong)(messages - 1);
                },
                never.Token,
                isPatient: true).ConfigureAwait(false);
        }
        catch (NatsKeysException error)
        {
            throw new NatsKeysException(
                ErrorCode.OutcomeUnknown,
                $"The servers of the bucket {address} stopped answering while a change was made, and have not answered since. It is not known "
                    + $"whether change {id} was made. {cause.GetBaseException().Message}",
                error);
        }
    }

    private NatsHeaders Headers(BucketWrite message, string id, int number, bool isLast)
    {
        NatsHeaders headers = message.Headers;
        headers["Nats-Batch-Id"] = id;
        headers["Nats-Batch-Sequence"] = (number + 1).ToString(CultureInfo.InvariantCulture);
        headers[ExpectedSequence] = message.Expected.ToString(CultureInfo.InvariantCulture);
        if (message.Guarded is { } guarded)
        {
            headers[ExpectedSubject] = Prefix + guarded;
        }

        if (message.IsRecord)
        {
            headers["Nats-TTL"] = RecordLife;
        }

        if (isLast)
        {
            headers["Nats-Batch-Commit"] = "1";
        }

        return headers;
    }

    private static void RequireFits(Session current, IEnumerable<BucketWrite> messages)
    {
        foreach (BucketWrite message in messages)
        {
            // The headers count, too.
            if (message.Body.Length + HeaderRoom > current.Link.MaximumPayload)
            {
                throw new NatsKeysException(
                    ErrorCode.FileTooLarge,
                    $"The entry {message.Key} of the bucket would have {message.Body.Length:N0} bytes. The servers take messages of at most "
                        + $"{current.Link.MaximumPayload:N0} bytes (max_payload). Nothing was changed.");
            }
        }
    }

    private async Task DropAsync(Session? failed)
    {
        await connecting.WaitAsync().ConfigureAwait(false);
        try
        {
            if (failed is not null && ReferenceEquals(session, failed))
            {
                await CloseAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            connecting.Release();
        }
    }

    private async Task CloseAsync()
    {
        if (session is { } current)
        {
            session = null;
            await current.Link.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static NatsKeysException TooOld(string reason) => new(
        ErrorCode.ServerTooOld, $"{reason} A store in a bucket needs servers of version 2.12 or newer, and a bucket with atomic batches.");

    private NatsKeysException NotThere(Exception cause) => new(
        ErrorCode.StoreNotFound, $"There is no bucket {address}.", cause) { Remedy = Remedy.CreateStore };

    private NatsKeysException Refused(string words, Exception? cause = null) => new(
        ErrorCode.ServerRefused, $"The servers of the bucket {address} refuse: {words.TrimEnd('.')}.", cause);

    private NatsKeysException Unreachable(Exception error) => error as NatsKeysException ?? new NatsKeysException(
        ErrorCode.ServerUnreachable,
        error is NatsNoRespondersException
            ? $"Nothing answers for the bucket {address}: JetStream may not be enabled for the account of the user."
            : $"The bucket {address} does not answer: {error.GetBaseException().Message.TrimEnd('.')}.",
        error);

    private static bool IsTransient(Exception error) => error is NatsException and not NatsJSApiException
        or NatsJSApiException { Error: { Code: ServiceUnavailable, ErrCode: not (NotEnabled or NotEnabledForAccount) } }
        or OperationCanceledException or TimeoutException or IOException or SocketException or ObjectDisposedException
        or NatsKeysException { Code: ErrorCode.ServerUnreachable };

    /// <summary>What is delivered over a connection, and ends with it.</summary>
    internal sealed record Following(INatsJSPushConsumer Consumer, ServerLink Link);

    private sealed record Session(ServerLink Link, NatsJSContext JetStream);
}
