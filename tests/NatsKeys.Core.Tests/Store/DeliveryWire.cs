using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NatsKeys.Core.Tests.Store;

/// <summary>
/// Stands between a store and its server, and knows over which connections the names of all entities are delivered: those can be held and cut, while
/// others go on.
/// </summary>
internal sealed class DeliveryWire : IDisposable
{
    private const string Delivery = "$JS.API.CONSUMER.CREATE.";
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Uri server;
    private readonly ConcurrentDictionary<TcpClient, bool> open = new();
    private volatile TaskCompletionSource held = Released();
    private int deliveries;

    public DeliveryWire(string server)
    {
        this.server = new Uri(server);
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where stores connect to.</summary>
    public string Url => $"nats://{listener.LocalEndpoint}";

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

    public void Dispose()
    {
        Release();
        listener.Dispose();
    }

    private static TaskCompletionSource Released()
    {
        var released = new TaskCompletionSource();
        released.SetResult();
        return released;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync();
                if (open.Count < Most)
                {
                    open[client] = false;
                    _ = CarryAsync(client);
                }
                else
                {
                    client.Dispose();
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using (client)
        using (var upstream = new TcpClient())
        {
            try
            {
                await upstream.ConnectAsync(server.Host, server.Port);
                await await Task.WhenAny(
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
            }
            catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // One of the two sides ended it.
            }
            finally
            {
                open.TryRemove(client, out _);
            }
        }
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
