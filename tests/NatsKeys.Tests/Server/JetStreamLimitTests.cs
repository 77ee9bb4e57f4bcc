using System.Globalization;
using System.Text.Json.Nodes;
using NATS.Client.Core;
using NatsKeys.Rules;

namespace NatsKeys.Tests.Server;

/// <summary>What an account may use of JetStream, as servers understand what Set-NatsJetStreamLimit writes.</summary>
public sealed class JetStreamLimitTests : ResolverTest
{
    private const int Count = 3;
    private static readonly NatsSubOpts OneTry = new() { Timeout = TimeSpan.FromSeconds(3), ThrowIfNoResponders = false };
    private readonly NatsServer[] servers;

    public JetStreamLimitTests()
    {
        servers = [.. Enumerable.Range(0, Count).Select(number => new NatsServer(PathOf($"server{number}")))];
        Run("$a | New-NatsUser U | Export-NatsCredential ./U.creds");
    }

    public override async Task DisposeAsync()
    {
        foreach (NatsServer server in servers)
        {
            server.Dispose();
        }

        await base.DisposeAsync();
    }

    [NatsServerFact]
    public async Task Flat_limits_are_those_of_all_streams_together()
    {
        Run("$a | Set-NatsJetStreamLimit -MaxDisk 1MiB -MaxMemory 64KiB -MaxStreams 2 -MaxConsumers 3 -MaxDiskStream 512KiB -MaxBytesRequired");
        await StartAloneAsync();
        await using NatsConnection connection = await Server.ConnectAsync(PathOf("U.creds"));

        JsonNode limits = (await AskAsync(connection, "INFO", "{}"))["limits"]!;
        Assert.Equal((1L << 20, 64L << 10), ((long)limits["max_storage"]!, (long)limits["max_memory"]!));
        Assert.Equal((2, 3), ((int)limits["max_streams"]!, (int)limits["max_consumers"]!));
        Assert.Equal((512L << 10, true), ((long)limits["storage_max_stream_bytes"]!, (bool)limits["max_bytes_required"]!));

        Assert.Contains("max bytes", Refusal(await CreateAsync(connection, "unbound")), StringComparison.Ordinal);
        Assert.NotNull(Refusal(await CreateAsync(connection, "large", bytes: 513 << 10)));
        Assert.Null(Refusal(await CreateAsync(connection, "first", bytes: 512 << 10)));
        Assert.Null(Refusal(await CreateAsync(connection, "second", bytes: 256 << 10)));
        Assert.Contains("maximum number of streams", Refusal(await CreateAsync(connection, "third", bytes: 1 << 10)), StringComparison.Ordinal);
    }

    [NatsServerFact]
    public async Task Without_limits_an_account_has_no_streams()
    {
        Run("$a | Set-NatsJetStreamLimit -Enable; $a | Remove-NatsJetStreamLimit -Confirm:$false");
        await StartAloneAsync();
        await using NatsConnection connection = await Server.ConnectAsync(PathOf("U.creds"));
        Assert.Contains("not enabled", Refusal(await AskAsync(connection, "INFO", "{}")), StringComparison.Ordinal);
    }

    [NatsServerFact]
    public async Task Limits_of_tiers_hold_for_streams_of_as_many_replicas()
    {
        Run("$a | Set-NatsJetStreamLimit R1 -MaxDisk 1MiB -MaxStreams 1; $a | Set-NatsJetStreamLimit R3 -MaxDisk 6MiB -MaxConsumers 7");
        bool knowsTraffic = Server.Version.Has(ServerFeature.ClusterTraffic);
        if (knowsTraffic)
        {
            Run("Set-NatsAccount A -ClusterTraffic owner; Get-NatsUser sys | Export-NatsCredential ./sys.creds");
        }

        await StartClusterAsync();
        await using NatsConnection connection = await servers[0].ConnectAsync(PathOf("U.creds"));
        await EventuallyAsync(async () => Refusal(await CreateAsync(connection, "one", bytes: 1 << 20)) is null);

        // The server that answers may not know of the stream yet.
        JsonNode tiers = new JsonObject();
        await EventuallyAsync(async () => (int?)(tiers = await TiersAsync(connection))["R1"]?["streams"] > 0);
        Assert.Equal((1L << 20, 1), ((long)tiers["R1"]!["limits"]!["max_storage"]!, (int)tiers["R1"]!["limits"]!["max_streams"]!));
        Assert.Equal(["R1"], tiers.AsObject().Where(tier => (int)tier.Value!["streams"]! > 0).Select(tier => tier.Key));

        Assert.Contains("maximum number of streams", Refusal(await CreateAsync(connection, "another", bytes: 1)), StringComparison.Ordinal);
        await EventuallyAsync(async () => Refusal(await CreateAsync(connection, "three", bytes: 1 << 20, replicas: 3)) is null);
        Assert.NotNull(Refusal(await CreateAsync(connection, "much", bytes: 7 << 20, replicas: 3)));
        Assert.Contains("tier", Refusal(await CreateAsync(connection, "two", bytes: 1, replicas: 2)), StringComparison.Ordinal);

        JsonNode three = new JsonObject();
        await EventuallyAsync(async () => (int?)(three = (await TiersAsync(connection))["R3"]!)["streams"] > 0);
        Assert.Equal((6L << 20, 7, 1), ((long)three["limits"]!["max_storage"]!, (int)three["limits"]!["max_consumers"]!, (int)three["streams"]!));
        if (knowsTraffic)
        {
            await EventuallyAsync(async () => await TrafficAccountAsync() == (string)Value("$a.Subject")!);
        }
    }

    /// <summary>The account that carries what the servers of a stream of A tell each other; null where no server says.</summary>
    private async Task<string?> TrafficAccountAsync()
    {
        string account = (string)Value("$a.Subject")!;
        await using NatsConnection system = await servers[0].ConnectAsync(PathOf("sys.creds"));
        NatsMsg<string> answer = await system.RequestAsync<string, string>(
            "$SYS.REQ.SERVER.PING.RAFTZ", $$"""{"account":"{{account}}"}""", replyOpts: OneTry);
        return JsonNode.Parse(answer.Data!)!["data"]?[account]?.AsObject()
            .Select(group => group.Value!["traffic_account"]?.ToString()).FirstOrDefault();
    }

    private static async Task<JsonNode> TiersAsync(NatsConnection connection) =>
        (await AskAsync(connection, "INFO", "{}"))["tiers"] ?? new JsonObject();

    private static string? Refusal(JsonNode answer) => answer["error"]?["description"]?.ToString();

    /// <summary>Asks for a stream, and gives the answer.</summary>
    private static Task<JsonNode> CreateAsync(NatsConnection connection, string name, long bytes = -1, int replicas = 1) => AskAsync(
        connection,
        $"STREAM.CREATE.{name}",
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"name":"{{name}}","subjects":["{{name}}.>"],"storage":"file","max_bytes":{{bytes}},"num_replicas":{{replicas}}}"""));

    /// <summary>Asks until somebody answers: without a leader, requests are dropped.</summary>
    private static async Task<JsonNode> AskAsync(NatsConnection connection, string request, string body)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                NatsMsg<string> answer = await connection.RequestAsync<string, string>($"$JS.API.{request}", body, replyOpts: OneTry);
                return JsonNode.Parse(answer.Data ?? """{"error":{"description":"nobody listens"}}""")!;
            }
            catch (NatsNoReplyException) when (attempt < 30)
            {
            }
        }
    }

    /// <summary>Asks again until it is so: servers of a cluster take a while to agree.</summary>
    private static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(NatsServer.Patience);
        while (!await isSo())
        {
            await Task.Delay(200, patience.Token);
        }
    }

    private string Common(string folder) =>
        $"{Value("New-NatsServerConfig -Operator O2 -Resolver Memory")}\njetstream {{ store_dir: '{PathOf(folder)}' }}\n";

    private Task StartAloneAsync() => Server.StartAsync(Common("js"));

    private Task StartClusterAsync()
    {
        int[] routes = [.. servers.Select(_ => NatsServer.FreePort())];
        string urls = string.Join(", ", routes.Select(port => string.Create(CultureInfo.InvariantCulture, $"nats://127.0.0.1:{port}")));
        string[] common = [.. servers.Select((_, number) => Common($"js{number}"))];
        return Task.WhenAll(servers.Select((server, number) => server.StartAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"server_name: S{number}\n{common[number]}cluster {{\nname: C\nlisten: 127.0.0.1:{routes[number]}\nroutes: [ {urls} ]\n}}\n"))));
    }
}
