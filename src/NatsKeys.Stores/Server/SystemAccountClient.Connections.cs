using System.Runtime.CompilerServices;
using System.Text.Json;
using NatsKeys.Inspection;
using NatsKeys.Rules;

namespace NatsKeys.Server;

/// <content>The clients of the servers.</content>
internal sealed partial class SystemAccountClient
{
    /// <summary>How many connections a server is asked for at once.</summary>
    internal const int ConnectionPage = 256;

    /// <summary>The servers that cannot disconnect a client, because they are older than the request.</summary>
    internal IReadOnlyList<ServerInformation> WithoutKick => [.. Servers.Where(server => !CanKick(server))];

    /// <summary>Whether a server disconnects clients on request. One whose version is not to be read is believed to.</summary>
    internal static bool CanKick(ServerInformation server) =>
        !ServerVersion.TryParse(server.Version, out ServerVersion version) || version.Has(ServerFeature.Kick);

    /// <summary>
    /// Gives the clients that are connected, server by server and page by page. A client that is connected from the beginning to the end is given
    /// once; others may be.
    /// </summary>
    /// <param name="filter">Which are meant.</param>
    /// <param name="users">What the store knows.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="NatsKeysException">
    /// The connection was lost; <see cref="ErrorCode.ServersMissing"/>: a server did not answer, after those that did.
    /// </exception>
    internal async IAsyncEnumerable<LiveConnection> ConnectionsAsync(
        ConnectionFilter filter, ConnectedUsers users, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await RefreshAsync(cancellation).ConfigureAwait(false);
        var silent = new List<string>();
        foreach (ServerInformation server in Servers)
        {
            long last = -1;
            int offset = 0;
            bool isMore = true;
            while (isMore)
            {
                if (await PageAsync(server, filter, offset, cancellation).ConfigureAwait(false) is not { } page)
                {
                    silent.Add(server.ToString());
                    break;
                }

                // Pages count from the oldest connection. Where one of those has ended in between, the others have moved up, unseen: look once more.
                if (offset > 0 && (page.Count == 0 || ServerReply.Number(page[0], "cid") > last))
                {
                    offset = Math.Max(0, offset - ConnectionPage);
                    continue;
                }

                foreach (JsonElement client in page)
                {
                    long id = ServerReply.Number(client, "cid");
                    if (id <= last)
                    {
                        continue;
                    }

                    last = id;
                    LiveConnection connection = users.Describe(server, client);
                    if (connection.UserKey != credential.Subject && filter.Matches(connection))
                    {
                        yield return connection;
                    }
                }

                isMore = page.Count == ConnectionPage;

                // The last one is asked for again: it shows that nothing has moved.
                offset += page.Count - 1;
            }
        }

        if (silent.Count > 0)
        {
            throw new NatsKeysException(
                ErrorCode.ServersMissing, $"The connections of {Some([.. silent])} are not known: there was no answer within the timeout.");
        }
    }

    /// <summary>Disconnects a client.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    internal async Task<DisconnectResult> KickAsync(LiveConnection connection, CancellationToken cancellation)
    {
        if (!CanKick(connection.Server))
        {
            return new DisconnectResult(connection, DisconnectOutcome.NotSupported)
            {
                Reason = $"Server {connection.Server} is {connection.Server.Version}. Servers disconnect clients on request since version "
                    + $"{ServerFeatures.Since(ServerFeature.Kick)[0]}.",
            };
        }

        await RefreshAsync(cancellation).ConfigureAwait(false);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, long> { ["cid"] = connection.Id });
        (ServerReply? found, string? refusal) = await AskOneAsync(
            connection.Server, SystemSubjects.Kick(connection.Server.Id), body, cancellation).ConfigureAwait(false);
        if (found is not { } answer)
        {
            return new DisconnectResult(connection, DisconnectOutcome.Refused)
            {
                Reason = refusal ?? $"Server {connection.Server} did not answer.",
            };
        }

        return answer.Error switch
        {
            null => new DisconnectResult(connection, DisconnectOutcome.Disconnected),
            // The words of servers from 2.10 to 2.15.
            { } error when error.Contains("no such client", StringComparison.Ordinal) =>
                new DisconnectResult(connection, DisconnectOutcome.Gone) { Reason = "The client had left." },
            { } error => new DisconnectResult(connection, DisconnectOutcome.Refused) { Reason = error },
        };
    }

    private async Task<IReadOnlyList<JsonElement>?> PageAsync(
        ServerInformation server, ConnectionFilter filter, int offset, CancellationToken cancellation)
    {
        var question = new Dictionary<string, object>
        {
            ["auth"] = true,
            ["subscriptions_detail"] = true,
            ["sort"] = "cid",
            ["offset"] = offset,
            ["limit"] = ConnectionPage,
        };
        if (filter.OnlyAccount is { } account)
        {
            question["acc"] = account;
        }

        (ServerReply? found, string? refusal) = await AskOneAsync(
            server, SystemSubjects.Connections(server.Id), JsonSerializer.SerializeToUtf8Bytes(question), cancellation).ConfigureAwait(false);
        if (refusal is not null)
        {
            throw new NatsKeysException(ErrorCode.ServerRefused, $"The user '{credential}' may not request connections: {refusal}.");
        }

        if (found is not { } answer)
        {
            return null;
        }

        JsonElement clients = ServerReply.Member(answer.Data, "connections");
        return answer.Error is { } error
            ? throw new NatsKeysException(ErrorCode.ServerRefused, $"Server {server} refused to list its connections: {error}.")
            : clients.ValueKind == JsonValueKind.Array ? [.. clients.EnumerateArray()]
            : [];
    }

    /// <summary>Asks one server, and gives its own answer, or the words with which the request was not let through.</summary>
    private async Task<(ServerReply? Answer, string? Refusal)> AskOneAsync(
        ServerInformation server, string subject, byte[] body, CancellationToken cancellation)
    {
        ServerReplies replies = await link.AskAsync(subject, body, messages => messages.Count > 0, cancellation).ConfigureAwait(false);
        return (ServerReply.Read(replies.Messages).FirstOrDefault(reply => reply.Server.Id == server.Id), replies.Refusal);
    }
}
