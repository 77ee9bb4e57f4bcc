using System.Globalization;
using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace NatsKeys.Bucket;

/// <summary>
/// Reads entries of a bucket by key: one from the leader, or several at once from any nearby server. A nearby server may lag behind, but returns the
/// revision up to which its answer is complete.
/// </summary>
/// <param name="link">The connection.</param>
internal sealed class BucketReader(BucketLink link)
{
    /// <summary>The maximum number of keys that are read at once. Servers return up to 1,024.</summary>
    public const int MaximumRead = 500;

    private const int TooMany = 413;
    private const int MostListed = 1024;
    private volatile bool cannotReadMany;

    private string LeaderRequest { get; } = $"$JS.API.STREAM.MSG.GET.{link.Stream}";

    private string DirectRequest { get; } = $"$JS.API.DIRECT.GET.{link.Stream}";

    private string InfoRequest { get; } = $"$JS.API.STREAM.INFO.{link.Stream}";

    /// <summary>Reads the latest entry of a key from the leader; null if there is none.</summary>
    /// <param name="key">The key, or a filter.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    public Task<BucketEntry?> GetAsync(string key, CancellationToken cancellation = default) =>
        AskLeaderAsync(new StreamMsgGetRequest { LastBySubj = link.Prefix + key }, cancellation);

    /// <summary>Reads the first entry of a filter at or after a revision from the leader; null if there is none.</summary>
    public Task<BucketEntry?> GetNextAsync(string filter, ulong revision, CancellationToken cancellation) =>
        AskLeaderAsync(new StreamMsgGetRequest { Seq = revision, NextBySubj = link.Prefix + filter }, cancellation);

    /// <summary>Reads the latest entries of several keys; null if the servers do not support or allow such a request.</summary>
    /// <param name="keys">The keys, at most <see cref="MaximumRead"/>; or one filter.</param>
    /// <param name="upTo">The revision after which entries are ignored; null for none.</param>
    public Task<BucketPage?> GetManyAsync(IReadOnlyCollection<string> keys, ulong? upTo = null)
    {
        var request = new Dictionary<string, object> { ["multi_last"] = keys.Select(key => link.Prefix + key), ["batch"] = MostListed };
        if (upTo is { } revision)
        {
            request["up_to_seq"] = revision;
        }

        return AskNearAsync(request);
    }

    /// <summary>Reads the entries of a filter from a revision on, in order; null if the servers do not support or allow such a request.</summary>
    public Task<BucketPage?> GetNextAsync(string filter, ulong revision) => AskNearAsync(
        new Dictionary<string, object> { ["next_by_subj"] = link.Prefix + filter, ["seq"] = revision, ["batch"] = MaximumRead });

    /// <summary>Returns all keys of a filter, including deleted ones, in no order; and the latest revision of the bucket at that time.</summary>
    public async Task<(List<string> Keys, ulong Newest)> GetKeysAsync(string filter, CancellationToken cancellation)
    {
        var keys = new List<string>();
        ulong? newest = null;
        for (int total = 1; keys.Count < total;)
        {
            using JsonDocument answer = await link.AskAsync(
                InfoRequest,
                (current, end) => current.AskAsync(
                    InfoRequest, new() { ["subjects_filter"] = link.Prefix + filter, ["offset"] = keys.Count }, end),
                cancellation).ConfigureAwait(false);
            JsonElement state = answer.RootElement.GetProperty("state");
            newest ??= state.GetProperty("last_seq").GetUInt64();
            int before = keys.Count;
            if (state.TryGetProperty("subjects", out JsonElement subjects) && subjects.ValueKind == JsonValueKind.Object)
            {
                keys.AddRange(subjects.EnumerateObject().Select(subject => subject.Name[link.Prefix.Length..]));
            }

            total = keys.Count == before ? 0 : answer.RootElement.TryGetProperty("total", out JsonElement all) ? all.GetInt32() : 0;
        }

        return (keys, newest!.Value);
    }

    private Task<BucketEntry?> AskLeaderAsync(StreamMsgGetRequest request, CancellationToken cancellation) => link.AskAsync<BucketEntry?>(
        LeaderRequest,
        async (current, end) =>
        {
            try
            {
                StreamMsgGetResponse found = await current.JetStream.JSRequestResponseAsync<StreamMsgGetRequest, StreamMsgGetResponse>(
                    LeaderRequest, request, end).ConfigureAwait(false);
                return found.Message is { } message
                    ? BucketEntry.Read(
                        message.Subject![link.Prefix.Length..], message.Seq, message.Time, HeaderParser.Read(message.Hdrs), message.Data.ToArray())
                    : null;
            }
            catch (NatsJSApiException error) when (error.Error.ErrCode == BucketFaults.MessageNotFound)
            {
                return null;
            }
        },
        cancellation);

    private async Task<BucketPage?> AskNearAsync(Dictionary<string, object> question)
    {
        if (cannotReadMany)
        {
            return null;
        }

        byte[] request = JsonSerializer.SerializeToUtf8Bytes(question);
        try
        {
            return await link.AskAsync(
                DirectRequest, (current, end) => ReadPageAsync(current, request, end), CancellationToken.None).ConfigureAwait(false);
        }
        catch (NatsKeysException error) when (error.Code == ErrorCode.ServerRefused)
        {
            // The user lacks permission for such requests. Each key is then read separately.
            cannotReadMany = true;
            return null;
        }
    }

    private async Task<BucketPage?> ReadPageAsync(BucketSession current, byte[] request, CancellationToken end)
    {
        var found = new List<BucketEntry>();
        await foreach (NatsMsg<byte[]> message in current.Link.Connection.RequestManyAsync<byte[], byte[]>(
            DirectRequest, request, replyOpts: new NatsSubOpts { StopOnEmptyMsg = false, ThrowIfNoResponders = false }, cancellationToken: end)
            .ConfigureAwait(false))
        {
            NatsHeaders headers = message.Headers ?? [];
            if (headers.Code == 0 && headers.TryGetValue("Nats-Subject", out var subject))
            {
                found.Add(BucketEntry.Read(
                    subject.ToString()[link.Prefix.Length..],
                    ulong.Parse(headers["Nats-Sequence"].ToString(), CultureInfo.InvariantCulture),
                    DateTimeOffset.Parse(headers["Nats-Time-Stamp"].ToString(), CultureInfo.InvariantCulture),
                    headers,
                    message.Data ?? []));
                continue;
            }

            // If the bucket does not allow direct access, there are no responders. If there are no entries, the server says so.
            ulong upTo = headers.TryGetValue("Nats-UpTo-Sequence", out var known) ? ulong.Parse(known.ToString(), CultureInfo.InvariantCulture) : 0;
            return message.HasNoResponders ? null : new BucketPage(found, upTo, headers.Code == TooMany);
        }

        throw new TimeoutException("The answer had no end.");
    }
}
