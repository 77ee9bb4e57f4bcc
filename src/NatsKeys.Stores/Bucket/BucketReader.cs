using System.Globalization;
using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace NatsKeys.Bucket;

/// <summary>
/// Reads entries of a bucket by their keys: one from the server that leads, or several at once from whatever server is near. That one may be a
/// moment behind, but says up to where it knows everything.
/// </summary>
/// <param name="link">The connection.</param>
internal sealed class BucketReader(BucketLink link)
{
    /// <summary>The most keys that are read at once. Servers give 1,024.</summary>
    public const int MaximumRead = 500;

    private const int TooMany = 413;
    private const int MostListed = 1024;
    private volatile bool cannotReadMany;

    private string LeaderRequest { get; } = $"$JS.API.STREAM.MSG.GET.{link.Stream}";

    private string DirectRequest { get; } = $"$JS.API.DIRECT.GET.{link.Stream}";

    private string InfoRequest { get; } = $"$JS.API.STREAM.INFO.{link.Stream}";

    /// <summary>The newest entry of a key, from the server that leads; null where there is none.</summary>
    /// <param name="key">The key, or a filter.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task<BucketEntry?> GetAsync(string key, CancellationToken cancellation = default) =>
        AskLeaderAsync(new StreamMsgGetRequest { LastBySubj = link.Prefix + key }, cancellation);

    /// <summary>The first entry of a filter at or behind a revision, from the server that leads; null where there is none.</summary>
    public Task<BucketEntry?> GetNextAsync(string filter, ulong revision, CancellationToken cancellation) =>
        AskLeaderAsync(new StreamMsgGetRequest { Seq = revision, NextBySubj = link.Prefix + filter }, cancellation);

    /// <summary>The newest entries of several keys; null where servers cannot be asked in this way.</summary>
    /// <param name="keys">The keys, at most <see cref="MaximumRead"/>; or one filter.</param>
    /// <param name="upTo">The revision at which they are wanted; null for now.</param>
    public Task<BucketPage?> GetManyAsync(IReadOnlyCollection<string> keys, ulong? upTo = null)
    {
        var request = new Dictionary<string, object> { ["multi_last"] = keys.Select(key => link.Prefix + key), ["batch"] = MostListed };
        if (upTo is { } revision)
        {
            request["up_to_seq"] = revision;
        }

        return AskNearAsync(request);
    }

    /// <summary>The entries of a filter from a revision on, as they were written; null where servers cannot be asked in this way.</summary>
    public Task<BucketPage?> GetNextAsync(string filter, ulong revision) => AskNearAsync(
        new Dictionary<string, object> { ["next_by_subj"] = link.Prefix + filter, ["seq"] = revision, ["batch"] = MaximumRead });

    /// <summary>All keys of a filter, also of what was deleted, in no order; and the newest revision in the bucket at that time.</summary>
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
            // The user may not ask in this way. Then each key is asked for.
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

            // The bucket may not allow it: then nobody answers. Where there is nothing, that is said.
            ulong upTo = headers.TryGetValue("Nats-UpTo-Sequence", out var known) ? ulong.Parse(known.ToString(), CultureInfo.InvariantCulture) : 0;
            return message.HasNoResponders ? null : new BucketPage(found, upTo, headers.Code == TooMany);
        }

        throw new TimeoutException("The answer had no end.");
    }
}
