using System.Text.Json;
using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <content>Samples of what clients do.</content>
internal sealed partial class SystemAccountClient
{
    /// <summary>Samples the clients repeatedly. Between samples, it receives advisories of requests to the JetStream API.</summary>
    /// <param name="filter">The clients to sample.</param>
    /// <param name="users">The users in the store.</param>
    /// <param name="meter">Records what is seen.</param>
    /// <param name="length">The duration.</param>
    /// <param name="cancellation">Ends the sampling.</param>
    /// <exception cref="NatsKeysException">The servers can no longer be reached.</exception>
    internal async Task ObserveAsync(
        ConnectionFilter filter, ConnectedUsers users, PermissionMeter meter, TimeSpan length, CancellationToken cancellation)
    {
        DateTimeOffset end = options.Clock.GetUtcNow() + length;
        while (true)
        {
            try
            {
                await foreach (LiveConnection connection in ConnectionsAsync(filter, users, cancellation).ConfigureAwait(false))
                {
                    meter.Add(connection);
                }
            }
            catch (NatsKeysException problem) when (problem.Code == ErrorCode.ServersMissing)
            {
                meter.AddSilent(problem.Message);
            }

            meter.AddSample();
            TimeSpan left = end - options.Clock.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            await ListenAsync(filter, users, meter, left < meter.Pause ? left : meter.Pause, cancellation).ConfigureAwait(false);
        }
    }

    private async Task ListenAsync(
        ConnectionFilter filter, ConnectedUsers users, PermissionMeter meter, TimeSpan pause, CancellationToken cancellation)
    {
        using var over = new CancellationTokenSource(pause, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellation);
        try
        {
            if (meter.ReceivesAdvisories)
            {
                await foreach ((_, byte[] message) in link.ListenAsync([SystemSubjects.Audit], either.Token).ConfigureAwait(false))
                {
                    if (Request(message, users) is var (client, subject) && filter.Matches(client))
                    {
                        meter.AddRequest(client, subject);
                    }
                }
            }
        }
        catch (NatsKeysException problem) when (problem.Code == ErrorCode.ServerRefused)
        {
            meter.ReceivesAdvisories = false;
        }

        // Without permission to subscribe or without a connection, this still waits for the next sample.
        await Task.Delay(Timeout.InfiniteTimeSpan, options.Clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>The client and the subject of a JetStream request; null if the message does not state them.</summary>
    private static (LiveConnection Client, string Subject)? Request(byte[] message, ConnectedUsers users)
    {
        try
        {
            JsonElement advisory = JsonElement.Parse(message);
            JsonElement client = ServerReply.Member(advisory, "client");
            ServerInformation server = ServerReply.InformationOf(id: null, ServerReply.Text(advisory, "server"), version: null, cluster: null);
            return ServerReply.Text(advisory, "subject") is { Length: > 0 } subject && client.ValueKind == JsonValueKind.Object
                ? (users.DescribeEvent(server, client), ServerReply.CutMessage(subject))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
