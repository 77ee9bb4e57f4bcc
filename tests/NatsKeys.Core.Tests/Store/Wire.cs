using System.Net;
using System.Net.Sockets;

namespace NatsKeys.Core.Tests.Store;

/// <summary>Stands between a store and its server. A kind of wire decides what passes.</summary>
internal abstract class Wire : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Uri server;

    protected Wire(string server)
    {
        this.server = new Uri(server);
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where stores connect to.</summary>
    public string Url => $"nats://{listener.LocalEndpoint}";

    public virtual void Dispose()
    {
        listener.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether a connection is taken. One that is not is closed.</summary>
    protected virtual bool Takes(TcpClient client) => true;

    /// <summary>Carries what both sides send, until the connection is to be cut.</summary>
    protected abstract Task CarryAsync(TcpClient client, TcpClient upstream);

    /// <summary>Is called when a connection has ended.</summary>
    protected virtual void End(TcpClient client)
    {
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync();
                if (Takes(client))
                {
                    _ = ConnectAsync(client);
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

    private async Task ConnectAsync(TcpClient client)
    {
        using (client)
        using (var upstream = new TcpClient())
        {
            try
            {
                await upstream.ConnectAsync(server.Host, server.Port);
                await CarryAsync(client, upstream);
            }
            catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // One of the two sides ended it.
            }
            finally
            {
                End(client);
            }
        }
    }
}
