using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NatsKeys.Keys;

namespace NatsKeys.Server;

/// <content>What servers tell of their clients without being asked.</content>
internal sealed partial class SystemAccountClient
{
    /// <summary>
    /// Gives who connects, leaves and is refused, from now on and until it is cancelled. Where the connection is made anew, as when its user expires,
    /// what happens in between is not seen.
    /// </summary>
    /// <param name="account">The public key of the only account that is meant; null for all.</param>
    /// <param name="users">What the store knows.</param>
    /// <param name="cancellation">Ends the watch.</param>
    /// <exception cref="NatsKeysException">The servers cannot be reached any more, or do not let the user listen.</exception>
    internal async IAsyncEnumerable<ConnectionEvent> WatchAsync(
        string? account, ConnectedUsers users, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // A refusal is seen twice by newer servers.
        var seen = new RecentIds();
        while (!cancellation.IsCancellationRequested)
        {
            await RefreshAsync(cancellation).ConfigureAwait(false);
            using var renewal = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            if (credential.Expires is { } end)
            {
                renewal.CancelAfter(Longer(end - options.Clock.GetUtcNow() - (Margin / 2), TimeSpan.FromSeconds(1)));
            }

            await foreach ((string subject, byte[] message) in link.ListenAsync(SystemSubjects.Events(account), renewal.Token).ConfigureAwait(false))
            {
                if (ServerReply.Read(message) is { } reply
                    && Event(subject, reply, users) is { } found
                    && found.Connection.UserKey != credential.Subject
                    && seen.Add($"{reply.Server.Id} {found.Id} {found.Kind}"))
                {
                    yield return found;
                }
            }
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static ConnectionEvent? Event(string subject, ServerReply reply, ConnectedUsers users)
    {
        JsonElement client = ServerReply.Member(reply.Content, "client");
        bool isRefusal = subject.EndsWith(".CLIENT.AUTH.ERR", StringComparison.Ordinal);
        if (client.ValueKind != JsonValueKind.Object || (!isRefusal && !PublicNkey.Is(ServerReply.Text(client, "acc"), NatsKeyType.Account)))
        {
            // A client that was refused leaves as well, from an account that is none.
            return null;
        }

        ConnectionEventKind kind = isRefusal ? ConnectionEventKind.Refused
            : subject.EndsWith(".CONNECT", StringComparison.Ordinal) ? ConnectionEventKind.Connected
            : ConnectionEventKind.Disconnected;
        DateTimeOffset time = DateTimeOffset.TryParse(
            ServerReply.Text(reply.Content, "timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed)
            ? parsed
            : default;
        return new ConnectionEvent(kind, time, users.DescribeEvent(reply.Server, client))
        {
            Reason = ServerReply.Text(reply.Content, "reason") is { Length: > 0 } words ? ServerReply.CutWords(words) : null,
        };
    }

    /// <summary>The last events, so that one that is seen twice is given once.</summary>
    private sealed class RecentIds
    {
        private const int Most = 4096;
        private readonly HashSet<string> known = new(StringComparer.Ordinal);
        private readonly Queue<string> order = new();

        public bool Add(string id)
        {
            if (!known.Add(id))
            {
                return false;
            }

            order.Enqueue(id);
            if (order.Count > Most)
            {
                known.Remove(order.Dequeue());
            }

            return true;
        }
    }
}
