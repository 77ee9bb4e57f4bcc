using System.Runtime.CompilerServices;
using System.Text.Json;
using NatsKeys.Inspection;
using NatsKeys.Rules;

namespace NatsKeys.Server;

/// <content>Requests about the clients of servers.</content>
internal sealed partial class SystemAccountClient
{
    /// <summary>The number of connections in one page.</summary>
    internal const int ConnectionPage = 256;

    /// <summary>The servers that are too old to disconnect a client on request.</summary>
    internal IReadOnlyList<ServerInformation> WithoutKick => [.. Servers.Where(server => !CanKick(server))];

    /// <summary>Whether a server disconnects clients on request. If its version cannot be read, this is assumed.</summary>
    internal static bool CanKick(ServerInformation server) =>
        !ServerVersion.TryParse(server.Version, out ServerVersion version) || version.Has(ServerFeature.Kick);

    /// <summary>
    /// Gets the connected clients, server by server and page by page. A client that stays connected meanwhile is returned exactly once.
    /// </summary>
    /// <param name="filter">The connections to return.</param>
    /// <param name="users">The users in the store.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="NatsKeysException">
    /// The connection was lost. <see cref="ErrorCode.ServersMissing"/>, after the connections of the other servers: a server did not answer.
    /// </exception>
    internal async IAsyncEnumerable<LiveConnection> ConnectionsAsync(
        ConnectionFilter filter, ConnectedUsers users, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await RefreshAsync(cancellation).ConfigureAwait(false);
        var silent = new List<string>();
        foreach (ServerInformation server in Servers)
        {
            bool hasLeafNodes = false;
            await foreach (JsonElement client in ListAsync(server, filter.OnlyAccount, silent, cancellation).ConfigureAwait(false))
            {
                LiveConnection connection = users.Describe(server, client);
                hasLeafNodes |= connection.Type == ConnectedUsers.LeafNode;
                if (connection.UserKey != credential.Subject && filter.Matches(connection))
                {
                    yield return connection;
                }
            }

            // Older servers list leaf nodes only for a given account.
            string[] accounts = hasLeafNodes || filter.OnlyAccount is not null
                ? []
                : await AccountsOfLeafNodesAsync(server, cancellation).ConfigureAwait(false);
            foreach (string account in accounts.Where(account => filter.Accounts?.Contains(account) != false))
            {
                await foreach (JsonElement client in ListAsync(server, account, silent, cancellation).ConfigureAwait(false))
                {
                    LiveConnection connection = users.Describe(server, client);
                    if (connection.Type == ConnectedUsers.LeafNode && filter.Matches(connection))
                    {
                        yield return connection;
                    }
                }
            }
        }

        if (silent.Count > 0)
        {
            throw new NatsKeysException(
                ErrorCode.ServersMissing,
                $"The connections of {Some([.. silent.Distinct()])} are unknown: there was no answer within the timeout.");
        }
    }

    /// <summary>Disconnects clients, all at the same time.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    internal async Task<DisconnectResult[]> KickAsync(IEnumerable<LiveConnection> connections, CancellationToken cancellation)
    {
        await RefreshAsync(cancellation).ConfigureAwait(false);
        return await Task.WhenAll(connections.Select(connection => KickAsync(connection, cancellation))).ConfigureAwait(false);
    }

    private async Task<DisconnectResult> KickAsync(LiveConnection connection, CancellationToken cancellation)
    {
        if (!CanKick(connection.Server))
        {
            return new DisconnectResult(connection, DisconnectOutcome.NotSupported)
            {
                Reason = $"Server {connection.Server} is {connection.Server.Version}. Servers disconnect clients on request since version "
                    + $"{ServerFeatures.Since(ServerFeature.Kick)[0]}.",
            };
        }

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
            // The messages of servers from 2.10 to 2.15.
            { } error when error.Contains("no such client", StringComparison.Ordinal) =>
                new DisconnectResult(connection, DisconnectOutcome.Gone) { Reason = "The client had left." },
            { } error => new DisconnectResult(connection, DisconnectOutcome.Refused) { Reason = error },
        };
    }

    /// <summary>Gets the clients of a server, page by page.</summary>
    /// <param name="server">The server.</param>
    /// <param name="account">The only account; null for all.</param>
    /// <param name="silent">Receives the server if it does not answer.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    private async IAsyncEnumerable<JsonElement> ListAsync(
        ServerInformation server, string? account, List<string> silent, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long last = -1;
        int offset = 0;
        bool isMore = true;
        while (isMore)
        {
            if (await PageAsync(server, account, offset, cancellation).ConfigureAwait(false) is not { } page)
            {
                silent.Add(server.ToString());
                yield break;
            }

            // Offsets count from the oldest connection. If one of those has ended meanwhile, the others have moved up and one was missed, so the page
            // is read again.
            if (offset > 0 && (page.Count == 0 || ServerReply.Number(page[0], "cid") > last))
            {
                offset = Math.Max(0, offset - ConnectionPage);
                continue;
            }

            foreach (JsonElement client in page)
            {
                long id = ServerReply.Number(client, "cid");
                if (id > last)
                {
                    last = id;
                    yield return client;
                }
            }

            isMore = page.Count == ConnectionPage;

            // The last connection is requested again, to detect whether others have moved.
            offset += page.Count - 1;
        }
    }

    private async Task<IReadOnlyList<JsonElement>?> PageAsync(
        ServerInformation server, string? account, int offset, CancellationToken cancellation)
    {
        var question = new Dictionary<string, object>
        {
            ["auth"] = true,
            ["subscriptions_detail"] = true,
            ["sort"] = "cid",
            ["offset"] = offset,
            ["limit"] = ConnectionPage,
        };
        if (account is not null)
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

        return answer.Error is { } error
            ? throw new NatsKeysException(ErrorCode.ServerRefused, $"Server {server} refused to list its connections: {error}.")
            : ServerReply.Items(ServerReply.Member(answer.Data, "connections"));
    }

    /// <summary>The accounts of the leaf nodes that are connected to a server.</summary>
    private async Task<string[]> AccountsOfLeafNodesAsync(ServerInformation server, CancellationToken cancellation)
    {
        (ServerReply? found, _) = await AskOneAsync(server, SystemSubjects.LeafNodes(server.Id), [], cancellation).ConfigureAwait(false);
        return [.. ServerReply.Items(ServerReply.Member(found?.Data ?? default, "leafs"))
            .Select(leaf => ServerReply.Text(leaf, "account")).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Asks one server, and returns its answer, or the error message if the request was refused.</summary>
    private async Task<(ServerReply? Answer, string? Refusal)> AskOneAsync(
        ServerInformation server, string subject, byte[] body, CancellationToken cancellation)
    {
        ServerReplies replies = await link.AskAsync(subject, body, messages => messages.Count > 0, cancellation).ConfigureAwait(false);
        return (ServerReply.Read(replies.Messages).FirstOrDefault(reply => reply.Server.Id == server.Id), replies.Refusal);
    }
}
