using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using NATS.NKeys;

namespace NatsKeys.Tests.Server;

/// <summary>
/// Many clients of real servers. Each is a TCP connection that signs what the server asks and answers its pings, and no more: thousands fit into one
/// process, where a client library needs threads and buffers for each. They come back after they were cut, as clients do, until they are refused.
/// </summary>
internal sealed class RawClients : IAsyncDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentBag<RawClient> clients = [];
    private readonly CancellationTokenSource end = new();

    /// <summary>Gets how many are connected now.</summary>
    internal int Connected(string group) => Of(group).Count(client => client.IsConnected);

    /// <summary>Gets how many were cut at least once.</summary>
    internal int Cut(string group) => Of(group).Count(client => client.Connections > 1 || (client.Connections == 1 && !client.IsConnected));

    /// <summary>Gets how many are refused when they come back.</summary>
    internal int Refused(string group) => Of(group).Count(client => client.IsRefused);

    /// <summary>Connects some, spread over servers; throws where one is refused.</summary>
    /// <param name="group">What they are counted by.</param>
    /// <param name="urls">The servers.</param>
    /// <param name="credentials">Files of credentials, which are used in turn.</param>
    /// <param name="count">How many.</param>
    internal async Task AddAsync(string group, IReadOnlyList<string> urls, IReadOnlyList<string> credentials, int count)
    {
        (string Token, KeyPair Key)[] users = [.. credentials.Select(Read)];
        foreach (int[] some in Enumerable.Range(0, count).Chunk(64))
        {
            await Task.WhenAll(some.Select(async number =>
            {
                (string token, KeyPair key) = users[number % users.Length];
                var client = new RawClient(group, new Uri(urls[number % urls.Count]), token, key, end.Token);
                clients.Add(client);
                await client.Started.WaitAsync(NatsServer.Patience);
            }));
        }
    }

    /// <summary>Waits until something holds of them.</summary>
    /// <returns>Whether it does in the end.</returns>
    internal static async Task<bool> BecomesAsync(Func<bool> condition)
    {
        for (DateTime limit = DateTime.UtcNow + NatsServer.Patience; !condition() && DateTime.UtcNow < limit;)
        {
            await Task.Delay(50);
        }

        return condition();
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await Task.WhenAll(clients.Select(client => client.Ended));
        end.Dispose();
    }

    private IEnumerable<RawClient> Of(string group) => clients.Where(client => client.Group == group);

    private static (string Token, KeyPair Key) Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        return (lines.First(line => line.StartsWith("eyJ", StringComparison.Ordinal)), KeyPair.FromSeed(lines.First(line => line.StartsWith("SU",
            StringComparison.Ordinal))));
    }

    private sealed class RawClient
    {
        private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Uri url;
        private readonly string token;
        private readonly KeyPair key;

        internal RawClient(string group, Uri url, string token, KeyPair key, CancellationToken end)
        {
            (Group, this.url, this.token, this.key) = (group, url, token, key);
            Ended = Task.Run(() => RunAsync(end), CancellationToken.None);
        }

        internal string Group { get; }

        internal Task Started => started.Task;

        internal Task Ended { get; }

        internal bool IsConnected { get; private set; }

        internal bool IsRefused { get; private set; }

        internal int Connections { get; private set; }

        private async Task RunAsync(CancellationToken end)
        {
            while (!end.IsCancellationRequested && !IsRefused)
            {
                try
                {
                    await ConnectAsync(end);
                }
                catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
                {
                    // The server has cut it, or the test is over.
                }

                IsConnected = false;
                await Task.Delay(Wait, end).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }

            started.TrySetException(new InvalidOperationException($"A client of {Group} was refused."));
        }

        private async Task ConnectAsync(CancellationToken end)
        {
            using var tcp = new TcpClient { ReceiveBufferSize = 4096, SendBufferSize = 4096 };
            await tcp.ConnectAsync(url.Host, url.Port, end);
            await using NetworkStream stream = tcp.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, detectEncodingFromByteOrderMarks: false, bufferSize: 256);
            string information = await reader.ReadLineAsync(end) ?? throw new IOException("The server said nothing.");
            string nonce = JsonElement.Parse(information.AsSpan("INFO ".Length).ToString()).GetProperty("nonce").GetString()!;
            byte[] signature = new byte[64];
            key.Sign(Encoding.ASCII.GetBytes(nonce), signature);
            string proof = Convert.ToBase64String(signature).TrimEnd('=').Replace('+', '-').Replace('/', '_');
            string hello = string.Create(
                CultureInfo.InvariantCulture,
                    $$"""{"jwt":"{{token}}","sig":"{{proof}}","name":"{{Group}}","lang":"raw","version":"1","verbose":false,"protocol":1}""");
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {hello}\r\nPING\r\n"), end);
            while (await reader.ReadLineAsync(end) is { } line)
            {
                if (line == "PONG" && !IsConnected)
                {
                    IsConnected = true;
                    Connections++;
                    started.TrySetResult();
                }
                else if (line == "PING")
                {
                    await stream.WriteAsync("PONG\r\n"u8.ToArray(), end);
                }
                else if (line.StartsWith("-ERR 'Authorization Violation'", StringComparison.Ordinal))
                {
                    IsRefused = true;
                    return;
                }
            }
        }
    }
}
