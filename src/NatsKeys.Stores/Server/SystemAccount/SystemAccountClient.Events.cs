using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NatsKeys.Keys;

namespace NatsKeys.Server;

/// <content>Events of clients.</content>
internal sealed partial class SystemAccountClient
{
    // The longest time of a .NET timer, 49 days. A user that expires later is renewed early, which finds the same user still valid.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 2);

    /// <summary>
    /// Gets clients that connect, disconnect or are refused, from now on and until it is canceled. Events are missed while the connection is renewed,
    /// for example when its user expires.
    /// </summary>
    /// <param name="account">The public key of the only account; null for all.</param>
    /// <param name="users">The users in the store.</param>
    /// <param name="cancellation">Ends the watch.</param>
    /// <exception cref="NatsKeysException">The servers can no longer be reached, or do not let the user subscribe.</exception>
    internal async IAsyncEnumerable<ConnectionEvent> WatchAsync(
        string? account, ConnectedUsers users, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Newer servers send a refusal twice.
        var seen = new RecentIds();
        while (!cancellation.IsCancellationRequested)
        {
            await RefreshAsync(cancellation).ConfigureAwait(false);
            using var due = new CancellationTokenSource(UntilRenewal, options.Clock);
            using var renewal = CancellationTokenSource.CreateLinkedTokenSource(cancellation, due.Token);

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

    /// <summary>How long the connection is used before it is renewed.</summary>
    private TimeSpan UntilRenewal => credential.Expires is { } end
        ? TimeSpan.FromTicks(Math.Clamp(
            (end - options.Clock.GetUtcNow() - (Margin / 2)).Ticks, TimeSpan.FromSeconds(1).Ticks, LongestTimer.Ticks))
        : Timeout.InfiniteTimeSpan;

    private static ConnectionEvent? Event(string subject, ServerReply reply, ConnectedUsers users)
    {
        JsonElement client = ServerReply.Member(reply.Content, "client");
        bool isRefusal = subject.EndsWith(".CLIENT.AUTH.ERR", StringComparison.Ordinal);
        if (client.ValueKind != JsonValueKind.Object || (!isRefusal && !PublicNkey.Is(ServerReply.Text(client, "acc"), NatsKeyType.Account)))
        {
            // A refused client also disconnects, from no account.
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
            Reason = ServerReply.Text(reply.Content, "reason") is { Length: > 0 } reason ? ServerReply.CutMessage(reason) : null,
        };
    }

    /// <summary>The IDs of recent events, so that each event is returned once.</summary>
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
