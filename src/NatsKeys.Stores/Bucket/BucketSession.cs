using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using NatsKeys.Server;

namespace NatsKeys.Bucket;

/// <summary>A connection to the servers of a bucket. It is not restored when it is lost.</summary>
/// <param name="Link">The connection.</param>
/// <param name="JetStream">The JetStream context of the connection.</param>
internal sealed record BucketSession(ServerLink Link, NatsJSContext JetStream)
{
    /// <summary>Sends a JetStream API request that the client library does not support.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="request">The request.</param>
    /// <param name="end">Cancels the wait.</param>
    /// <exception cref="NatsJSApiException">The answer is an error.</exception>
    public async Task<JsonDocument> AskAsync(string subject, Dictionary<string, object> request, CancellationToken end)
    {
        NatsMsg<byte[]> reply = await Link.Connection.RequestAsync<byte[], byte[]>(
            subject, JsonSerializer.SerializeToUtf8Bytes(request), cancellationToken: end).ConfigureAwait(false);
        var answer = JsonDocument.Parse(reply.Data ?? []);
        if (answer.RootElement.TryGetProperty("error", out JsonElement error))
        {
            using (answer)
            {
                throw new NatsJSApiException(error.Deserialize<ApiError>()!);
            }
        }

        return answer;
    }
}
