using System.Text.Json.Nodes;
using NATS.Client.Core;

namespace NatsKeys.Tests.Server;

/// <summary>Real servers run with what New-NatsServerConfig makes, and do what was asked for.</summary>
public sealed class ServerConfigTests : ModuleTest
{
    public ServerConfigTests() => Run(
        """
        $o = New-NatsOperator O2 -SystemAccount SYS
        $a = $o | New-NatsAccount A
        $a | New-NatsUser U | Export-NatsCredential ./U.creds
        $o | New-NatsAccount B | New-NatsUser V | Export-NatsCredential ./V.creds
        """);

    [NatsServerTheory]
    [InlineData("Memory")]
    [InlineData("Full -AllowDelete -HardDelete -Interval 90s -Timeout 00:00:01.5 -Limit 7 -Directory ./accounts")]
    [InlineData("Cache -Ttl 1h30m -Timeout 2s -Limit 7 -Directory ./accounts")]
    public async Task A_server_has_its_name_and_listens_where_it_is_told(string resolver)
    {
        using var server = new NatsServer(Session.Folder);
        int http = 0;
        await server.StartAsync(port =>
        {
            http = NatsServer.FreePort();
            return Config(
                $"-Resolver {resolver} -Account A -ServerName n1 -Address 127.0.0.1 -Port {port} -HttpPort {http} -ClusterName C -ClusterPort "
                    + $"{NatsServer.FreePort()} " +
                $"-Route 127.0.0.1:1, nats://127.0.0.1:2 -LeafNodePort {NatsServer.FreePort()} -JetStreamDirectory ./js -JetStreamDomain hub "
                    + "-JetStreamMaxMemory 64MiB -JetStreamMaxFile 128MiB");
        });

        await GetsInAsync(server, "U.creds");
        using var client = new HttpClient();
        JsonNode state = JsonNode.Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{http}/varz")))!;
        Assert.Equal("n1", state["server_name"]!.ToString());
        Assert.Equal("C", state["cluster"]!["name"]!.ToString());
        Assert.Equal(["127.0.0.1:1", "127.0.0.1:2"], state["cluster"]!["urls"]!.AsArray().Select(url => url!.ToString()));
        Assert.Equal("127.0.0.1", state["leaf"]!["host"]!.ToString());
        JsonNode jetStream = state["jetstream"]!["config"]!;
        Assert.Equal((64L << 20, 128L << 20, "hub"),
            ((long)jetStream["max_memory"]!, (long)jetStream["max_storage"]!, jetStream["domain"]!.ToString()));
        Assert.True(Directory.Exists(PathOf("js")));
    }

    [NatsServerTheory]
    [InlineData("Full")]
    [InlineData("Cache")]
    public async Task Accounts_that_were_preloaded_once_stay_in_the_folder(string resolver)
    {
        using var server = new NatsServer(Session.Folder);
        await server.StartAsync(Config($"-Resolver {resolver} -Account A"));
        await GetsInAsync(server, "U.creds");
        await IsRefusedAsync(server, "V.creds");
        Holds("[System.IO.File]::ReadAllText(\"$pwd/jwt/$($a.Subject).jwt\") -ceq $a.Jwt");

        await server.StartAsync(Config($"-Resolver {resolver}"));
        await GetsInAsync(server, "U.creds");
    }

    [NatsServerFact]
    public async Task With_a_memory_resolver_the_named_accounts_are_all_that_there_are()
    {
        using var server = new NatsServer(Session.Folder);
        await server.StartAsync(Config("-Resolver Memory -Account A"));
        await GetsInAsync(server, "U.creds");
        await IsRefusedAsync(server, "V.creds");
    }

    [NatsServerFact]
    public async Task Odd_paths_are_taken_as_they_are()
    {
        string odd = "we 'ird $HOME #{}; ü" + (OperatingSystem.IsWindows() ? "" : "\"\\x\u0007");
        using var server = new NatsServer(Session.Folder);
        Run("New-NatsServerConfig ./n.conf -OperatorPath \"./$odd.jwt\" -Resolver Full -Directory \"./$odd\" -JetStreamDirectory \"./js/$odd\" "
            + "-Account A", ("odd", odd));
        Holds("-not [System.IO.File]::ReadAllText(\"$pwd/n.conf\").Contains((Get-NatsOperator O2).Jwt)");

        await server.StartAsync(await File.ReadAllTextAsync(PathOf("n.conf")));

        await GetsInAsync(server, "U.creds");
        Assert.NotEmpty(Directory.GetFiles(PathOf(odd), "*.jwt"));
        Assert.True(Directory.Exists(Path.Combine(PathOf("js"), odd)));
    }

    [NatsServerFact]
    public async Task The_system_account_may_be_one_that_only_the_configuration_names()
    {
        Run("$p = New-NatsOperator P; $p | New-NatsAccount S | New-NatsUser W | Export-NatsCredential ./W.creds");
        using var server = new NatsServer(Session.Folder);
        await server.StartAsync((string)Value("$p | New-NatsServerConfig -Resolver Full -SystemAccount S")!);

        await using NatsConnection connection = await server.ConnectAsync(PathOf("W.creds"));
        NatsMsg<string> answer = await connection.RequestAsync<string>("$SYS.REQ.SERVER.PING");
        Assert.Contains("\"server\"", answer.Data, StringComparison.Ordinal);
    }

    private string Config(string arguments) => (string)Value($"New-NatsServerConfig -Operator O2 {arguments}")!;

    private async Task GetsInAsync(NatsServer server, string credentials)
    {
        await using NatsConnection connection = await server.ConnectAsync(PathOf(credentials));
        Assert.Equal(NatsConnectionState.Open, connection.ConnectionState);
    }

    private async Task IsRefusedAsync(NatsServer server, string credentials) =>
        await Assert.ThrowsAnyAsync<NatsException>(() => server.ConnectAsync(PathOf(credentials)));
}
