using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace NatsKeys.Core.Tests.Store;

/// <summary>
/// Stands between a store and its server, and knows over which connections the names of all entities are delivered: those can be held and cut, while
/// others go on.
/// </summary>
internal sealed class DeliveryWire(string server) : Wire(server)
{
    private const string Delivery = "$JS.API.CONSUMER.CREATE.";
    private readonly ConcurrentDictionary<TcpClient, bool> open = new();
    private volatile TaskCompletionSource held = Released();
    private int deliveries;

    /// <summary>How many connections there may be at once.</summary>
    public int Most { get; set; } = int.MaxValue;

    /// <summary>How many connections there are.</summary>
    public int Open => open.Count;

    /// <summary>How often a delivery was begun.</summary>
    public int Deliveries => Volatile.Read(ref deliveries);

    /// <summary>Holds what the server sends over connections with a delivery.</summary>
    public void Hold() => held = new TaskCompletionSource();

    /// <summary>Lets what was held go on.</summary>
    public void Release() => held.TrySetResult();

    /// <summary>Cuts the connections with a delivery.</summary>
    public void Cut()
    {
        foreach (TcpClient client in open.Where(one => one.Value).Select(one => one.Key))
        {
            client.Close();
        }
    }

    public override void Dispose()
    {
        Release();
        base.Dispose();
    }

    protected override bool Takes(TcpClient client) => open.Count < Most && open.TryAdd(client, false);

    protected override async Task CarryAsync(TcpClient client, TcpClient upstream) => await await Task.WhenAny(
        CopyAsync(client, upstream, seen: text =>
        {
            if (text.Contains(Delivery, StringComparison.Ordinal))
            {
                open[client] = true;
                Interlocked.Increment(ref deliveries);
            }

            return Task.CompletedTask;
        }),
        CopyAsync(upstream, client, seen: _ => open.GetValueOrDefault(client) ? held.Task : Task.CompletedTask));

    protected override void End(TcpClient client) => open.TryRemove(client, out _);

    private static TaskCompletionSource Released()
    {
        var released = new TaskCompletionSource();
        released.SetResult();
        return released;
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to, Func<string, Task> seen)
    {
        byte[] buffer = new byte[1 << 16];
        while (await from.GetStream().ReadAsync(buffer) is > 0 and int count)
        {
            await seen(Encoding.Latin1.GetString(buffer, 0, count));
            await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
        }
    }
}
