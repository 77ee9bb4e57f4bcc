using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Differential;

/// <summary>A client that speaks the protocol of NATS line by line, so that nothing comes between a test and what a server answers.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket socket;
    private readonly NetworkStream stream;
    private readonly StreamReader reader;

    private RawClient(Uri server, IPAddress from)
    {
        socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        socket.Connect(server.Host, server.Port);
        stream = new NetworkStream(socket) { ReadTimeout = 20_000 };
        reader = new StreamReader(stream, Encoding.UTF8);
    }

    /// <summary>Connects with a token.</summary>
    /// <param name="url">The server.</param>
    /// <param name="token">The token of the user.</param>
    /// <param name="user">The user's key; null for one that signs nothing.</param>
    /// <param name="from">The address from which the client comes; 127.0.0.1 by default.</param>
    /// <returns>The client; null where the server refuses it.</returns>
    internal static RawClient? Connect(string url, string token, NatsKeyPair? user, IPAddress? from = null)
    {
        var client = new RawClient(new Uri(url), from ?? IPAddress.Loopback);
        try
        {
            JsonNode information = JsonNode.Parse(client.ReadLine()["INFO ".Length..])!;
            var connect = new JsonObject { ["jwt"] = token, ["verbose"] = false, ["pedantic"] = false, ["protocol"] = 1, ["headers"] = true,
                ["no_responders"] = true };
            if (user is not null)
            {
                byte[] signature = new byte[ISigner.SignatureLength];
                user.Sign(Encoding.UTF8.GetBytes(information["nonce"]!.ToString()), signature);
                connect["sig"] = Tokens.Encode(signature);
            }

            client.Send($"CONNECT {connect.ToJsonString()}");
            if (!client.Flush().Exists(line => line.StartsWith("-ERR", StringComparison.Ordinal)))
            {
                return client;
            }
        }
        catch (IOException)
        {
            // Refused: the server closes the connection.
        }

        client.Dispose();
        return null;
    }

    /// <summary>Sends a line, and gets whether the server takes it.</summary>
    /// <exception cref="IOException">The server closed the connection.</exception>
    internal bool IsTaken(string line)
    {
        Send(line);
        return !Flush().Exists(answer => answer.StartsWith("-ERR", StringComparison.Ordinal));
    }

    /// <summary>Sends a line.</summary>
    internal void Send(string line) => stream.Write(Encoding.UTF8.GetBytes(line + "\r\n"));

    /// <summary>Gets all that the server sends until it has worked off what was sent.</summary>
    internal List<string> Flush()
    {
        Send("PING");
        var lines = new List<string>();
        for (string line = ReadLine(); line != "PONG"; line = ReadLine())
        {
            lines.Add(line);
        }

        return lines;
    }

    public void Dispose()
    {
        reader.Dispose();
        stream.Dispose();
        socket.Dispose();
    }

    /// <summary>A subscription, in the form of the protocol.</summary>
    internal static string Subscribe(string subject, string? queue, int number) => queue is null
        ? string.Create(CultureInfo.InvariantCulture, $"SUB {subject} {number}")
        : string.Create(CultureInfo.InvariantCulture, $"SUB {subject} {queue} {number}");

    private string ReadLine() => reader.ReadLine() ?? throw new IOException("The server closed the connection.");
}
