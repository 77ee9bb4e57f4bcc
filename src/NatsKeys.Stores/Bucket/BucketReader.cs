using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace NatsKeys.Bucket;

/// <summary>Reads entries of a bucket by their keys.</summary>
/// <param name="link">The connection.</param>
internal sealed class BucketReader(BucketLink link)
{
    /// <summary>The most keys that are read at once. Servers give 1,024.</summary>
    public const int MaximumRead = 500;

    private const int EndOfBatch = 204;
    private bool cannotReadMany;

    /// <summary>The newest entry of a key, from the server that leads; null where there is none.</summary>
    /// <param name="key">The key, or a filter.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task<BucketEntry?> GetAsync(string key, CancellationToken cancellation = default) => link.AskAsync<BucketEntry?>(
        async (current, end) =>
        {
            try
            {
                StreamMsgGetResponse found = await current.JetStream.JSRequestResponseAsync<StreamMsgGetRequest, StreamMsgGetResponse>(
                    $"$JS.API.STREAM.MSG.GET.{link.Stream}", new StreamMsgGetRequest { LastBySubj = link.Prefix + key }, end).ConfigureAwait(false);
                return found.Message is { } message
                    ? BucketEntry.Read(
                        message.Subject![link.Prefix.Length..], message.Seq, message.Time, HeaderText.Read(message.Hdrs), message.Data.ToArray())
                    : null;
            }
            catch (NatsJSApiException error) when (error.Error.ErrCode == BucketFaults.MessageNotFound)
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
            BucketSession current = await link.ConnectAsync(CancellationToken.None).ConfigureAwait(false);
            byte[] request = JsonSerializer.SerializeToUtf8Bytes(
                new Dictionary<string, object> { ["multi_last"] = keys.Select(key => link.Prefix + key), ["batch"] = keys.Count });
            using var end = CancellationTokenSource.CreateLinkedTokenSource(current.Link.Lost);
            end.CancelAfter(link.Timeout);
            await foreach (NatsMsg<byte[]> message in current.Link.Connection.RequestManyAsync<byte[], byte[]>(
                $"$JS.API.DIRECT.GET.{link.Stream}", request, replyOpts: new NatsSubOpts { StopOnEmptyMsg = false }, cancellationToken: end.Token)
                .ConfigureAwait(false))
            {
                if (message.Headers is not { } headers || headers.Code == EndOfBatch
                    || !headers.TryGetValue("Nats-Subject", out StringValues subject))
                {
                    break;
                }

                found.Add(BucketEntry.Read(
                    subject.ToString()[link.Prefix.Length..],
                    ulong.Parse(headers["Nats-Sequence"].ToString(), CultureInfo.InvariantCulture),
                    DateTimeOffset.Parse(headers["Nats-Time-Stamp"].ToString(), CultureInfo.InvariantCulture),
                    headers,
                    message.Data ?? []));
            }
        }
        catch (Exception error) when (BucketFaults.IsTransient(error))
        {
            // The user may not ask in this way, or the bucket does not allow it. Then each key is asked for.
        }

        cannotReadMany = found.Count == 0;
        return found;
    }
}
