using System.Runtime.CompilerServices;
using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>Ends connections, and those that their clients make anew.</summary>
internal static class ClientDisconnector
{
    /// <summary>How long no client may reconnect until all count as gone. Clients wait about two seconds before they reconnect.</summary>
    internal static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Ends connections once.</summary>
    /// <param name="client">The servers.</param>
    /// <param name="connections">The connections.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public static async IAsyncEnumerable<DisconnectResult> OnceAsync(
        SystemAccountClient client, IEnumerable<LiveConnection> connections, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (LiveConnection connection in connections)
        {
            yield return await client.KickAsync(connection, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Ends connections until nobody has come back for a while, or until a time is over.</summary>
    /// <param name="client">The servers.</param>
    /// <param name="asked">What servers are asked for.</param>
    /// <param name="isMeant">Which of these are meant.</param>
    /// <param name="users">What the store knows.</param>
    /// <param name="patience">How long.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>What became of each; who is left at the end, once more.</returns>
    public static async IAsyncEnumerable<DisconnectResult> UntilNobodyAsync(
        SystemAccountClient client,
        ConnectionFilter asked,
        Func<LiveConnection, bool> isMeant,
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
                if (isMeant(connection))
                {
                    left.Add(connection);
                }
            }

            if (left.Count > 0)
            {
                seen = clock.GetTimestamp();
            }

            // Older servers are left to it themselves: they end the connections of users that are revoked, and of keys that are listed no more.
            foreach (LiveConnection connection in left.Where(connection => SystemAccountClient.CanKick(connection.Server)))
            {
                yield return await client.KickAsync(connection, cancellation).ConfigureAwait(false);
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
