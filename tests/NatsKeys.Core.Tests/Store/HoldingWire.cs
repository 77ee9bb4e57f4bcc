using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace NatsKeys.Core.Tests.Store;

/// <summary>
/// Stands between a store and its server, and holds what the server delivers to an index, while answers to requests pass.
/// </summary>
internal sealed class HoldingWire(string server) : Wire(server)
{
    private const string Delivery = "$JS.ACK.";
    private const int RevisionFromEnd = 4;
    private readonly Lock changing = new();
    private readonly HashSet<string> subscriptions = [];
    private readonly Queue<(ulong Revision, Action Send)> held = new();
    private ulong passed = ulong.MaxValue;

    /// <summary>How many deliveries are held.</summary>
    public int Held
    {
        get
        {
            lock (changing)
            {
                return held.Count;
            }
        }
    }

    /// <summary>Passes deliveries up to a revision, and holds all after it.</summary>
    public void PassUpTo(ulong revision)
    {
        lock (changing)
        {
            passed = revision;
            while (held.TryPeek(out var first) && first.Revision <= passed)
            {
                held.Dequeue().Send();
            }
        }
    }

    protected override async Task CarryAsync(TcpClient client, TcpClient upstream) => await await Task.WhenAny(
        client.GetStream().CopyToAsync(upstream.GetStream()), DownAsync(upstream.GetStream(), client.GetStream()));

    private async Task DownAsync(NetworkStream upstream, NetworkStream client)
    {
        var sending = new BlockingCollection<byte[]>();
        Task sender = Task.Run(() =>
        {
            foreach (byte[] one in sending.GetConsumingEnumerable())
            {
                client.Write(one);
            }
        });
        try
        {
            using var reader = new BufferedStream(upstream);
            while (await ReadLineAsync(reader) is { } line)
            {
                string[] parts = line.TrimEnd().Split(' ');
                byte[] body = parts[0] is "MSG" or "HMSG" ? new byte[int.Parse(parts[^1], CultureInfo.InvariantCulture) + 2] : [];
                await reader.ReadExactlyAsync(body);
                byte[] message = [.. Encoding.Latin1.GetBytes(line), .. body];
                Pass(parts, () => sending.Add(message));
            }
        }
        finally
        {
            sending.CompleteAdding();
            await sender;
        }
    }

    /// <summary>Sends a message or holds it. What else comes for the same subscription, such as a heartbeat, keeps its place.</summary>
    private void Pass(string[] parts, Action send)
    {
        string? reply = parts[0] == "HMSG" && parts.Length == 6 ? parts[3] : null;
        bool isDelivery = reply?.StartsWith(Delivery, StringComparison.Ordinal) == true;
        ulong revision = isDelivery ? ulong.Parse(reply!.Split('.')[^RevisionFromEnd], CultureInfo.InvariantCulture) : 0;
        lock (changing)
        {
            if (isDelivery)
            {
                subscriptions.Add(parts[2]);
            }

            bool isHeld = isDelivery ? revision > passed : held.Count > 0 && parts.Length > 2 && subscriptions.Contains(parts[2]);
            if (isHeld || (isDelivery && held.Count > 0))
            {
                held.Enqueue((isDelivery ? revision : ulong.MaxValue, send));
            }
            else
            {
                send();
            }
        }
    }

    /// <summary>Reads a line with its end; null at the end of the connection.</summary>
    private static async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        byte[] next = new byte[1];
        while (await stream.ReadAsync(next) > 0)
        {
            line.Append((char)next[0]);
            if (next[0] == '\n')
            {
                return line.ToString();
            }
        }

        return null;
    }
}
