using System.Globalization;
using System.Net.Sockets;
using System.Text;
using NATS.Client.Core;

namespace NatsKeys.Tests.Server;

/// <summary>Clients that are none of NATS's own: leaf nodes, MQTT and WebSocket. A leaked key signs for them, too.</summary>
public sealed class ConnectionKindTests : ResolverTest
{
    private readonly NatsServer leaf;

    public ConnectionKindTests() => leaf = new NatsServer(PathOf("leaf"));

    public override async Task DisposeAsync()
    {
        leaf.Dispose();
        await base.DisposeAsync();
    }

    [NatsServerFact]
    public async Task Leaf_nodes_MQTT_and_WebSocket_are_shown_with_their_kind_and_end_with_their_key()
    {
        int[] ports = [NatsServer.FreePort(), NatsServer.FreePort(), NatsServer.FreePort()];
        await Server.StartAsync(string.Create(CultureInfo.InvariantCulture, $$"""
            {{Configuration(Full, "server/jwt")}}
            server_name: S0
            jetstream { store_dir: '{{PathOf("js")}}' }
            leafnodes { listen: "127.0.0.1:{{ports[0]}}" }
            websocket { listen: "127.0.0.1:{{ports[1]}}", no_tls: true }
            mqtt { listen: "127.0.0.1:{{ports[2]}}" }

            """));
        Run("Set-NatsOperator O2 -ServiceUrl $url", ("url", Server.Url));
        Run(
            """
            $a | Set-NatsJetStreamLimit -MaxMemory 10MiB -MaxDisk 10MiB
            $key = $a | Add-NatsSigningKey
            $key | New-NatsUser L | Export-NatsCredential ./L.creds
            $key | New-NatsUser W | Export-NatsCredential ./W.creds
            $mqtt = $key | New-NatsUser M -BearerToken
            $a | New-NatsUser other -SigningKey $a.Subject | Export-NatsCredential ./other.creds
            Publish-NatsAccount A -Operator O2 | Out-Null
            """);
        await leaf.StartAsync(string.Create(
            CultureInfo.InvariantCulture,
                $"server_name: LEAF\nleafnodes {{ remotes: [ {{ url: 'nats://127.0.0.1:{ports[0]}', credentials: '{PathOf("L.creds")}' }} ] }}\n"));
        await using NatsConnection web = new(new NatsOpts
        {
            Url = string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{ports[1]}"),
                AuthOpts = new NatsAuthOpts { CredsFile = PathOf("W.creds") },
        });
        await web.ConnectAsync();
        using TcpClient device = await ConnectMqttAsync(ports[2], (string)Value("$mqtt.Jwt")!);
        await using NatsConnection other = await Server.ConnectAsync(PathOf("other.creds"));
        await RawClients.BecomesAsync(() => (int)Value("@(Get-NatsConnection -Account A).Count")! >= 4);

        Run("$found = @{}; Get-NatsConnection -Account A | ForEach-Object { $found[$_.Type] = $_ }");

        Holds("(@($found.Keys) | Sort-Object) -join ' ' -eq 'leafnode mqtt nats websocket'", "$found.websocket.User -eq 'W'",
            "$found.mqtt.SigningKey -eq $key.PublicKey");
        Holds("$found.websocket.SigningKey -eq $key.PublicKey", "$found.leafnode.Address -like '127.0.0.1:*'", "$found.leafnode.Account -eq 'A'");

        Holds("$found.leafnode.User -eq 'L'", "(@($key | Get-NatsConnection).Type | Sort-Object) -join ' ' -eq 'leafnode mqtt websocket'");

        Run("$answers = $key | Update-NatsSigningKey -Compromised -WarningAction Ignore | Publish-NatsAccount -Disconnect");

        Holds("$answers[-1].IsClear", "@(Get-NatsConnection -Account A).Type -join ' ' -eq 'nats'");
        await other.PingAsync();
    }

    /// <summary>Connects as a device that speaks MQTT, which has the token as its password.</summary>
    private static async Task<TcpClient> ConnectMqttAsync(int port, string token)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        byte[] body = [.. Text("MQTT"), 4, 0b1100_0010, 0, 60, .. Text("device"), .. Text("device"), .. Text(token)];
        await client.GetStream().WriteAsync((byte[])[0x10, (byte)((body.Length & 0x7f) | 0x80), (byte)(body.Length >> 7), .. body]);
        byte[] answer = new byte[4];
        await client.GetStream().ReadExactlyAsync(answer);
        Assert.Equal([0x20, 2, 0, 0], answer);
        return client;
    }

    private static byte[] Text(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];
}
