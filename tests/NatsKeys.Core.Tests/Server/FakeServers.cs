using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace NatsKeys.Core.Tests.Server;

/// <summary>
/// Speaks the protocol of a NATS server as far as a client needs it, and answers as several servers of any version would: what the one
/// program on this machine does not do.
/// </summary>
internal sealed class FakeServers : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> clients = [];
    private readonly ConcurrentDictionary<string, Func<string, IEnumerable<string>>> services = new();

    public FakeServers()
    {
        listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    /// <summary>Gets the address.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"nats://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>Gets the requests, in the order in which they came: subject and body.</summary>
    public ConcurrentQueue<(string Subject, string Body)> Requests { get; } = [];

    /// <summary>Gets the arguments of CONNECT, in the order in which they came.</summary>
    public ConcurrentQueue<string> Connects { get; } = [];

    /// <summary>Gets the subjects that were subscribed to, in the order in which they came.</summary>
    public ConcurrentQueue<string> Subscriptions { get; } = [];

    /// <summary>Gets the subjects on which nothing may be published, and to which nobody may subscribe.</summary>
    public ConcurrentBag<string> Forbidden { get; } = [];

    /// <summary>Gets the subjects at whose requests the connection ends.</summary>
    public ConcurrentBag<string> Fatal { get; } = [];

    /// <summary>Gets or sets what is said to whoever connects, instead of letting them in.</summary>
    public string? Refusal { get; set; }

    /// <summary>Gets or sets the version that the servers state when somebody connects.</summary>
    public string Version { get; set; } = "2.15.1";

    /// <summary>Gets or sets a value indicating whether nobody is asked for credentials.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Gets or sets the longest message.</summary>
    public int MaximumPayload { get; set; } = 1024 * 1024;

    /// <summary>The answer of a server that tells who it is.</summary>
    public static string Answer(string server, string member, string json) =>
        $$"""{"server":{"name":"{{server}}","host":"127.0.0.1","id":"N{{server}}","ver":"2.15.1"},"{{member}}":{{json}} }""";

    /// <summary>The answer to a ping, with the number of servers that it knows.</summary>
    public static string Ping(string server, int count) => Answer(server, "statsz", $$"""{"active_servers":{{count}} }""");

    /// <summary>The answer to an update.</summary>
    public static string Done(string server, string message = "jwt updated") => Answer(server, "data", $$"""{"code":200,"message":"{{message}}"}""");

    /// <summary>Answers the requests on a subject, from the body of the request. On subjects without a service nobody listens.</summary>
    public void Serve(string subject, Func<string, IEnumerable<string>> answers) => services[subject] = answers;

    /// <summary>Serves what every connection begins with: servers with full resolvers, of which each has some accounts.</summary>
    public void ServeSurvey(string systemAccount, params (string Name, string[] Accounts)[] servers)
    {
        Serve("$SYS.REQ.SERVER.PING", _ => servers.Select(server => Ping(server.Name, servers.Length)));
        Serve("$SYS.REQ.CLAIMS.LIST", _ => servers.Select(server => Answer(server.Name, "data", JsonSerializer.Serialize(server.Accounts))));
        Serve($"$SYS.REQ.ACCOUNT.{systemAccount}.CLAIMS.LOOKUP", _ => servers.Select(_ => "token"));
    }

    public void Dispose()
    {
        listener.Stop();
        foreach (TcpClient client in clients)
        {
            client.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync();
                clients.Add(client);
                _ = Task.Run(() => TalkAsync(client));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            await using NetworkStream stream = client.GetStream();
            var inboxes = new Dictionary<string, string>(StringComparer.Ordinal);
            await SendAsync(
                stream,
                $$"""INFO {"server_id":"NF0","server_name":"F0","version":"{{Version}}","proto":1,"headers":true,"max_payload":{{MaximumPayload}} """
                + (IsOpen ? "}" : ""","auth_required":true,"nonce":"abc"}"""));
            while (await ReadLineAsync(stream) is { } line)
            {
                string[] words = line.Split(' ');
                switch (words[0])
                {
                    case "CONNECT":
                        Connects.Enqueue(line[8..]);
                        if (Refusal is not null)
                        {
                            await SendAsync(stream, $"-ERR '{Refusal}'");
                            return;
                        }

                        break;
                    case "PING":
                        await SendAsync(stream, "PONG");
                        break;
                    case "SUB":
                        inboxes[words[1]] = words[^1];
                        Subscriptions.Enqueue(words[1]);
                        if (Forbidden.Contains(words[1]))
                        {
                            await SendAsync(stream, $"-ERR 'Permissions Violation for Subscription to \"{words[1]}\"'");
                        }

                        break;
                    case "PUB" when Fatal.Contains(words[1]):
                        return;
                    case "PUB":
                        byte[] body = new byte[int.Parse(words[^1], CultureInfo.InvariantCulture)];
                        await stream.ReadExactlyAsync(body);
                        await ReadLineAsync(stream);
                        await AnswerAsync(stream, words[1], words[2], Encoding.UTF8.GetString(body), inboxes);
                        break;
                    case "HPUB":
                        throw new InvalidOperationException("A request came with headers.");
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or EndOfStreamException)
        {
            // The client has gone.
        }
        finally
        {
            client.Dispose();
        }
    }

    private async Task AnswerAsync(NetworkStream stream, string subject, string inbox, string body, Dictionary<string, string> inboxes)
    {
        Requests.Enqueue((subject, body));
        string subscription = inboxes.First(
            known => known.Key == inbox || (known.Key.EndsWith('*') && inbox.StartsWith(known.Key[..^1], StringComparison.Ordinal))).Value;
        if (Forbidden.Contains(subject))
        {
            await SendAsync(stream, $"-ERR 'Permissions Violation for Publish to \"{subject}\"'");
        }
        else if (services.TryGetValue(subject, out Func<string, IEnumerable<string>>? answers))
        {
            foreach (string answer in answers(body))
            {
                await SendAsync(stream,
                    string.Create(CultureInfo.InvariantCulture, $"MSG {inbox} {subscription} {Encoding.UTF8.GetByteCount(answer)}\r\n{answer}"));
            }
        }
        else
        {
            await SendAsync(stream, $"HMSG {inbox} {subscription} 16 16\r\nNATS/1.0 503\r\n\r\n");
        }
    }

    private static async Task SendAsync(NetworkStream stream, string line) => await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"));

    private static async Task<string?> ReadLineAsync(NetworkStream stream)
    {
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }
}
