using System.Globalization;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using NatsKeys.Server;

namespace NatsKeys.Bucket;

/// <summary>Writes changes to a bucket, each as an atomic batch, and determines the outcome.</summary>
/// <param name="link">The connection.</param>
internal sealed class BucketWriter(BucketLink link)
{
    /// <summary>The maximum number of messages that servers accept in a batch.</summary>
    public const int MaximumBatch = 1000;

    // The number of messages after which an answer is awaited, so that the server does not fall behind.
    private const int AckEvery = 100;
    private const int HeaderRoom = 2048;
    private const string ExpectedSequence = "Nats-Expected-Last-Subject-Sequence";
    private const string ExpectedSubject = "Nats-Expected-Last-Subject-Sequence-Subject";
    private const string RecordLife = "3600s";
    private const string FenceHeader = "NatsKeys-Fence";

    /// <summary>Writes messages as one atomic batch.</summary>
    /// <param name="id">The identifier of the change, which must be unique.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="cancellation">Cancels the wait until the last message is sent. After that, the outcome is awaited.</param>
    /// <returns>The sequence of the last message; null if there was a conflict, or the batch was lost before it was complete.</returns>
    /// <exception cref="NatsKeysException">Nothing was written; or <see cref="ErrorCode.OutcomeUnknown"/>.</exception>
    public async Task<ulong?> CommitAsync(string id, IReadOnlyList<BucketWrite> messages, CancellationToken cancellation)
    {
        NatsHeaders record = BucketEntry.Headers(path: null, link.By, id, isDeleted: false);
        BucketWrite[] all = [new(BucketKey.OfChange(id), [], record) { IsRecord = true }, .. messages];
        if (all.Length > MaximumBatch)
        {
            throw new NatsKeysException(
                ErrorCode.ChangeTooLarge,
                $"The change would write {all.Length:N0} messages into the bucket {link.Address.Bucket} as one. Servers take {MaximumBatch:N0}. "
                    + "Nothing was changed.");
        }

        bool isSent = false;
        BucketSession? current = null;
        RefusalWatch? watch = null;
        try
        {
            current = await link.ConnectAsync(cancellation).ConfigureAwait(false);
            watch = current.Link.WatchRefusals(link.Prefix);
            RequireFits(current, all);
            for (int at = 0; ; at++)
            {
                bool isLast = at == all.Length - 1;
                NatsHeaders headers = Headers(all[at], id, at, isLast);
                string subject = link.Prefix + all[at].Key;
                if (!isLast && (at == 0 || at % AckEvery != 0))
                {
                    await current.Link.Connection.PublishAsync(subject, all[at].Body, headers, cancellationToken: cancellation).ConfigureAwait(false);
                    continue;
                }

                isSent = isLast;
                using var end = CancellationTokenSource.CreateLinkedTokenSource(
                    isLast ? CancellationToken.None : cancellation, watch.Token, current.Link.Lost);
                end.CancelAfter(link.Timeout);
                NatsMsg<byte[]> reply = await current.Link.Connection.RequestAsync<byte[], byte[]>(
                    subject, all[at].Body, headers, cancellationToken: end.Token).ConfigureAwait(false);
                PublishAnswer answer = PublishAnswer.Read(reply.Data);
                if (BucketFaults.MayBeTooLarge(answer.Code))
                {
                    await RequireRoomAsync(all, id, cancellation).ConfigureAwait(false);
                }

                if (BucketFaults.IsConflict(answer.Code))
                {
                    return null;
                }

                if (answer.Code == BucketFaults.NotAvailable)
                {
                    throw new TimeoutException(answer.Text);
                }

                if (answer.Code != 0)
                {
                    throw link.Faults.Refused(answer.Text);
                }

                if (isLast)
                {
                    return answer.Sequence;
                }
            }
        }
        catch (Exception error) when (BucketFaults.IsTransient(error))
        {
            // If permissions block a message, the batch has a gap, so servers reject it.
            if (watch?.Refusal is { } refusal)
            {
                throw link.Faults.Refused(refusal, error);
            }

            await link.DropAsync(current).ConfigureAwait(false);
            if (isSent)
            {
                // The record is the first message of the batch, and the entities are the last.
                return await FindOutAsync(id, error).ConfigureAwait(false) is { } first ? first + (ulong)(all.Length - 1) : null;
            }

            // The batch is incomplete, so servers discard it. Nothing was changed, and the change is retried from the current state.
            cancellation.ThrowIfCancellationRequested();
            return error is NatsKeysException && !link.WasConnected ? throw link.Faults.Unreachable(error) : null;
        }
        finally
        {
            watch?.Dispose();
        }
    }

    /// <summary>
    /// Determines whether a change of an ended process was made, as long as its record is kept. After this call, the change can no longer be made.
    /// </summary>
    /// <param name="id">The identifier of the change.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.OutcomeUnknown"/>: no server responds.</exception>
    public async Task<bool> FindOutAsync(string id) => await FindOutAsync(id, cause: null).ConfigureAwait(false) is not null;

    /// <summary>
    /// Determines whether a change was made whose answer was lost. The record of a change can be written only once: if this write succeeds, the
    /// change can no longer be made; if it is refused, the existing record shows whether it was made.
    /// </summary>
    /// <returns>The sequence of the record; null if the change was not made.</returns>
    private async Task<ulong?> FindOutAsync(string id, Exception? cause)
    {
        string key = BucketKey.OfChange(id);
        using var never = new CancellationTokenSource();
        try
        {
            return await link.AskAsync<ulong?>(
                link.Prefix,
                async (current, end) =>
                {
                    NatsJSContext js = current.JetStream;
                    var headers = new NatsHeaders { [ExpectedSequence] = "0", [FenceHeader] = "1", ["Nats-TTL"] = RecordLife };
                    NatsMsg<byte[]> reply = await js.Connection.RequestAsync<byte[], byte[]>(
                        link.Prefix + key, [], headers, cancellationToken: end).ConfigureAwait(false);
                    PublishAnswer answer = PublishAnswer.Read(reply.Data);
                    if (answer.Code == 0)
                    {
                        return null;
                    }

                    if (answer.Code != BucketFaults.WrongLastSequence)
                    {
                        // The change itself may still be in progress, so this is retried.
                        throw new TimeoutException(answer.Text);
                    }

                    StreamMsgGetResponse found = await js.JSRequestResponseAsync<StreamMsgGetRequest, StreamMsgGetResponse>(
                        $"$JS.API.STREAM.MSG.GET.{link.Stream}", new StreamMsgGetRequest { LastBySubj = link.Prefix + key }, end)
                        .ConfigureAwait(false);
                    if (HeaderParser.Read(found.Message?.Hdrs).ContainsKey(FenceHeader))
                    {
                        return null;
                    }

                    return found.Message!.Seq;
                },
                never.Token,
                isPatient: true).ConfigureAwait(false);
        }
        catch (NatsKeysException error)
        {
            throw new NatsKeysException(
                ErrorCode.OutcomeUnknown,
                $"The servers of the bucket {link.Address} stopped answering while a change was made, and have not answered since. It is not known "
                    + $"whether change {id} was made. {cause?.GetBaseException().Message}",
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
            headers[ExpectedSubject] = link.Prefix + guarded;
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

    /// <summary>
    /// Refuses entries that are larger than the bucket accepts. Runs only after a failure, because to request the settings before each change would
    /// rarely be of use.
    /// </summary>
    private async Task RequireRoomAsync(BucketWrite[] all, string id, CancellationToken cancellation)
    {
        int most = (await new BucketSetup(link).FindAsync(cancellation).ConfigureAwait(false))?.Config.MaxMsgSize ?? 0;
        for (int at = 0; at < all.Length && most > 0; at++)
        {
            const int LineEnd = 2;
            int headers = Headers(all[at], id, at, at == all.Length - 1)
                .Sum(header => header.Key.Length + header.Value.ToString().Length + (2 * LineEnd));
            int size = "NATS/1.0".Length + LineEnd + headers + LineEnd + all[at].Body.Length;
            if (size > most)
            {
                throw new NatsKeysException(
                    ErrorCode.FileTooLarge,
                    $"The entry {all[at].Path?.ToString() ?? all[at].Key} has {size:N0} bytes with its headers. The bucket {link.Address} accepts at "
                        + $"most {most:N0} (max_msg_size). Nothing was changed.");
            }
        }
    }

    private static void RequireFits(BucketSession current, IEnumerable<BucketWrite> messages)
    {
        foreach (BucketWrite message in messages)
        {
            // The limit includes the headers.
            if (message.Body.Length + HeaderRoom > current.Link.MaximumPayload)
            {
                throw new NatsKeysException(
                    ErrorCode.FileTooLarge,
                    $"The entry {message.Path?.ToString() ?? message.Key} has {message.Body.Length:N0} bytes. The servers accept messages of "
                        + $"at most {current.Link.MaximumPayload:N0} (max_payload). Nothing was changed.");
            }
        }
    }
}
