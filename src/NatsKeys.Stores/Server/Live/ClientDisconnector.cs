using System.Runtime.CompilerServices;
using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>Ends connections, and ends them again when the clients reconnect.</summary>
internal static class ClientDisconnector
{
    /// <summary>The time without reconnects after which all clients count as gone. Clients wait about two seconds before they reconnect.</summary>
    internal static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    // Several requests run at the same time, because of the round trip to each server.
    private const int AtOnce = 32;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Ends connections once.</summary>
    /// <param name="client">The client of the servers.</param>
    /// <param name="connections">The connections.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    public static async IAsyncEnumerable<DisconnectResult> OnceAsync(
        SystemAccountClient client, IEnumerable<LiveConnection> connections, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (LiveConnection[] some in connections.Chunk(AtOnce))
        {
            foreach (DisconnectResult answer in await client.KickAsync(some, cancellation).ConfigureAwait(false))
            {
                yield return answer;
            }
        }
    }

    /// <summary>Ends connections until no client has reconnected for a while, or until the timeout.</summary>
    /// <param name="client">The client of the servers.</param>
    /// <param name="asked">The connections to request from servers.</param>
    /// <param name="isSelected">Selects the connections to end.</param>
    /// <param name="users">The users in the store.</param>
    /// <param name="patience">The timeout.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>The result for each connection. Clients that are left at the end are reported again.</returns>
    public static async IAsyncEnumerable<DisconnectResult> UntilNobodyAsync(
        SystemAccountClient client,
        ConnectionFilter asked,
        Func<LiveConnection, bool> isSelected,
        ConnectedUsers users,
        TimeSpan patience,
        TimeProvider clock,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        long start = clock.GetTimestamp();
        long seen = start;
        var left = new List<LiveConnection>();
        do
        {
            left.Clear();
            await foreach (LiveConnection connection in client.ConnectionsAsync(asked, users, cancellation).ConfigureAwait(false))
            {
                if (isSelected(connection))
                {
                    left.Add(connection);
                }
            }

            if (left.Count > 0)
            {
                seen = clock.GetTimestamp();
            }

            // Older servers cannot disconnect clients on request. They disconnect users that are revoked, and users of keys that are no longer
            // listed.
            await foreach (DisconnectResult answer in OnceAsync(
                client, left.Where(connection => SystemAccountClient.CanKick(connection.Server)), cancellation).ConfigureAwait(false))
            {
                yield return answer;
            }

            if (left.Count == 0 && clock.GetElapsedTime(seen) >= Quiet)
            {
                yield break;
            }

            await Task.Delay(Pause, clock, cancellation).ConfigureAwait(false);
        }
        while (clock.GetElapsedTime(start) < patience + (left.Count == 0 ? Quiet : TimeSpan.Zero));

        foreach (LiveConnection connection in left)
        {
            yield return new DisconnectResult(connection, DisconnectOutcome.Remains)
            {
                Reason =
                    $"It was still connected after {patience.TotalSeconds:0} seconds. Clients reconnect as long as servers accept their credentials.",
            };
        }
    }
}
