using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using NATS.Client.Core;
using NatsKeys.Rules;

namespace NatsKeys.Tests.Server;

/// <summary>What New-NatsServerConfig states is what servers of each version know, and do.</summary>
public sealed class ServerOptionTests : ModuleTest, IAsyncLifetime
{
    private const string Tls = "-TlsCertificate ./server.pem -TlsKey ./server-key.pem -TlsCertificateAuthority ./ca.pem";

    /// <summary>Settings, and since when servers know them; null for all that are supported.</summary>
    private static readonly (string Arguments, ServerFeature? Since)[] Settings =
    [
        // Everything at once that all servers know, with names that would get out of bad quotes.
        ($$"""
          -Resolver Full -AllowDelete {{Tls}} -TlsVerify -TlsTimeout 00:00:02.5 -ServerName 'n$1k"\}' -Port 4222 -HttpsPort 8443
          -MaxConnections 10 -MaxPayload 2MiB -MaxControlLine 8kb
          -MaxPending 32MiB -MaxSubscriptions Unlimited -WebSocketPort 8080 -WebSocketOrigin https://app.example.com, http://localhost:3000
          -WebSocketSameOrigin -WebSocketCompression -WebSocketJwtCookie jwt -MqttPort 1883 -JetStream -LeafNodePort 7422
          -LeafNodeRemote @{ Url = 'tls://h1:7422', 'tls://h2'; Account = 'A'; CredentialPath = 'C:\we ird"\{.creds' },
          @{ Url = 'ws://h3'; Account = $a.Subject }
          -ClusterName '1k' -ClusterPort 6222 -Route n2:6222 -GatewayPort 7222 -Gateway @{ 'we"st' = 'w1:7222', 'tls://w2:7222'; '1k' = 'e1:7222' }
          -GatewayRejectUnknown -PinnedAccount A
          """.ReplaceLineEndings(" "), null),
        ("-Resolver Memory -MaxConnections Unlimited -MaxSubscriptions 5 -WebSocketPort 8080 -WebSocketNoTls -HttpPort 8222 -GatewayPort 7222 "
            + "-GatewayName east", null),
        ($"-Resolver Memory {Tls} -TlsHandshakeFirst", ServerFeature.HandshakeFirst),
        ("-Resolver Memory -DefaultSentinel A/guest", ServerFeature.DefaultSentinel),
        ("-Resolver Memory -TrustedProxy $proxy", ServerFeature.TrustedProxies),
    ];

    private readonly TestAuthority authority;

    public ServerOptionTests()
    {
        authority = new TestAuthority(Session.Folder);
        Run(
            """
            $o = New-NatsOperator O2 -SystemAccount SYS
            $a = $o | New-NatsAccount A
            $a | New-NatsUser U | Export-NatsCredential ./U.creds
            $guest = $a | New-NatsUser guest -BearerToken
            $o | New-NatsAccount B | New-NatsUser V | Export-NatsCredential ./V.creds
            $proxy = New-NatsKeyPair User
            """);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        authority.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>The server itself is the judge: it reads each configuration and says whether it could start with it.</summary>
    [NatsServerFact]
    public async Task A_server_knows_what_its_version_says()
    {
        authority.Issue("server");
        ServerVersion version = NatsServerProgram.Current!.Version;
        foreach ((string arguments, ServerFeature? since) in Settings)
        {
            bool isKnown = since is not { } feature || version.Has(feature);
            await File.WriteAllTextAsync(PathOf("n.conf"), (string)Value($"New-NatsServerConfig -Operator O2 {arguments}")!);
            (int exit, string said) = await CheckAsync("n.conf");
            Assert.True(isKnown == (exit == 0), $"{arguments}: {said}");
            if (isKnown)
            {
                Run($"$null = New-NatsServerConfig -Operator O2 {arguments} -ServerVersion {version}");
            }
            else
            {
                Assert.Contains($"{version}",
                    Reports("InvalidServerConfig", $"New-NatsServerConfig -Operator O2 {arguments} -ServerVersion {version}"),
                    StringComparison.Ordinal);
            }
        }
    }

    [NatsServerFact(ServerFeature.DefaultSentinel)]
    public async Task Who_has_no_token_is_the_default_sentinel()
    {
        using var server = new NatsServer(PathOf("server"));
        await server.StartAsync(Config("-Resolver Memory -DefaultSentinel $guest"));
        Assert.Equal("PONG", await GreetAsync(server));

        await server.StartAsync(Config("-Resolver Memory"));
        Assert.Equal("-ERR 'Authorization Violation'", await GreetAsync(server));
        Assert.Contains("'U'", Reports("InvalidServerConfig", "New-NatsServerConfig -Resolver Memory -DefaultSentinel U"),
            StringComparison.Ordinal);
        Assert.Contains("'guest'", Reports("InvalidServerConfig", "New-NatsServerConfig -Resolver Memory -Account B -DefaultSentinel guest"),
            StringComparison.Ordinal);
        Run("$role = $a | Add-NatsSigningKey -Role visitor -BearerToken; $scoped = $role | New-NatsUser scoped");
        await server.StartAsync(Config("-Resolver Memory -DefaultSentinel $scoped.Jwt"));
        Assert.Equal("PONG", await GreetAsync(server));
    }

    [NatsServerFact]
    public async Task Only_the_pinned_accounts_have_users()
    {
        using var server = new NatsServer(PathOf("server"));
        await server.StartAsync(Config("-Resolver Memory -PinnedAccount A"));
        await using NatsConnection connection = await server.ConnectAsync(PathOf("U.creds"));
        await Assert.ThrowsAnyAsync<NatsException>(() => server.ConnectAsync(PathOf("V.creds")));
    }

    /// <summary>
    /// A server of a cluster in the west, one in the east, and one that is a leaf node of the west: a request finds its way through all.
    /// </summary>
    [NatsServerFact]
    public async Task Gateways_and_leaf_nodes_carry_messages()
    {
        using var west = new NatsServer(PathOf("west"));
        using var east = new NatsServer(PathOf("east"));
        using var leaf = new NatsServer(PathOf("leaf"));
        (int westGateway, int eastGateway, int leafPort) = (NatsServer.FreePort(), NatsServer.FreePort(), NatsServer.FreePort());
        string gateways = $"-Gateway @{{ west = '127.0.0.1:{westGateway}'; east = '127.0.0.1:{eastGateway}' }} -GatewayRejectUnknown";
        await west.StartAsync(
            Config($"-Resolver Memory -ServerName w1 -ClusterName west -GatewayPort {westGateway} {gateways} -LeafNodePort {leafPort}"));
        await east.StartAsync(Config($"-Resolver Memory -ServerName e1 -GatewayName east -GatewayPort {eastGateway} {gateways}"));
        await leaf.StartAsync(
            Config($"-Resolver Memory -ServerName l1 -LeafNodeRemote @{{ Url = '127.0.0.1:{leafPort}'; Account = 'A'; CredentialPath = "
                + $"'{PathOf("U.creds")}' }}"));

        await using NatsConnection near = await leaf.ConnectAsync(PathOf("U.creds"));
        await using NatsConnection far = await east.ConnectAsync(PathOf("U.creds"));
        await using INatsSub<string> requests = await near.SubscribeCoreAsync<string>("who");
        Task answers = Task.Run(async () =>
        {
            await foreach (NatsMsg<string> request in requests.Msgs.ReadAllAsync())
            {
                await request.ReplyAsync("leaf");
            }
        });
        Assert.Equal("leaf", await AskAsync(far));
        await requests.UnsubscribeAsync();
        await answers;
    }

    [NatsServerFact]
    public async Task A_device_comes_by_mqtt_and_a_browser_by_websocket()
    {
        using var server = new NatsServer(PathOf("server"));
        (int mqtt, int websocket, int http) = (NatsServer.FreePort(), NatsServer.FreePort(), NatsServer.FreePort());
        Run("$a | Set-NatsJetStreamLimit -MaxDisk 16MiB -MaxMemory 16MiB");
        await server.StartAsync(Config(
            $"-Resolver Memory -ServerName n1 -MqttPort {mqtt} -WebSocketPort {websocket} -WebSocketNoTls -HttpPort {http} -MaxConnections 100 "
                + $"-MaxPayload 2MiB "
                + "-JetStreamDirectory \"$pwd/js\" -JetStreamMaxMemory 64MiB -JetStreamMaxFile 64MiB"));

        Holds($"Test-NatsConnection ./U.creds -Server ws://127.0.0.1:{websocket}");
        Assert.Equal("20-02-00-00", await ConnectByMqttAsync(mqtt, (string)Value("$guest.Jwt")!));
        using var client = new HttpClient();
        JsonNode state = JsonNode.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{http}/varz")))!;
        Assert.Equal((100, 2 << 20), ((int)state["max_connections"]!, (int)state["max_payload"]!));
        Assert.Equal(("127.0.0.1", "127.0.0.1"), (state["mqtt"]!["host"]!.ToString(), state["websocket"]!["host"]!.ToString()));
    }

    /// <summary>The interest of a leaf node takes a moment through gateways.</summary>
    private static async Task<string?> AskAsync(NatsConnection connection)
    {
        var once = new NatsSubOpts { Timeout = TimeSpan.FromSeconds(2), ThrowIfNoResponders = false };
        var patience = Stopwatch.StartNew();
        while (patience.Elapsed < NatsServer.Patience)
        {
            try
            {
                if ((await connection.RequestAsync<string, string>("who", "?", replyOpts: once)).Data is { Length: > 0 } answer)
                {
                    return answer;
                }
            }
            catch (NatsNoReplyException)
            {
                // Not yet.
            }

            await Task.Delay(100);
        }

        return null;
    }

    private static async Task<string> GreetAsync(NatsServer server)
    {
        var address = new Uri(server.Url);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await reader.ReadLineAsync();
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes("CONNECT {\"verbose\":false}\r\nPING\r\n"));
        string? answer;
        do
        {
            answer = await reader.ReadLineAsync();
        }
        while (answer?.StartsWith("INFO", StringComparison.Ordinal) is true);
        return answer ?? "";
    }

    /// <summary>Connects as MQTT 3.1.1 says, with the token as the password; gives the four bytes of the answer.</summary>
    private static async Task<string> ConnectByMqttAsync(int port, string token)
    {
        static byte[] Field(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];
        byte[] body = [.. Field("MQTT"), 4, 0b1100_0010, 0, 60, .. Field("device"), .. Field("any"), .. Field(token)];
        var length = new List<byte>();
        for (int rest = body.Length; rest > 0 || length.Count == 0; rest >>= 7)
        {
            length.Add((byte)((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0)));
        }

        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        await client.GetStream().WriteAsync(new byte[] { 0x10 }.Concat(length).Concat(body).ToArray());
        byte[] answer = new byte[4];
        int read = await client.GetStream().ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false);
        return BitConverter.ToString(answer, 0, read);
    }

    private async Task<(int Exit, string TypedOrCell)> CheckAsync(string file)
    {
        using Process asked = Process.Start(new ProcessStartInfo(NatsServerProgram.Current!.Path, ["-t", "-c", PathOf(file)])
        {
            RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Session.Folder,
        })!;
        Task<string> output = asked.StandardOutput.ReadToEndAsync();
        string said = await asked.StandardError.ReadToEndAsync() + await output;
        await asked.WaitForExitAsync();
        return (asked.ExitCode, said);
    }

    private string Config(string arguments) => (string)Value($"New-NatsServerConfig -Operator O2 {arguments}")!;
}
