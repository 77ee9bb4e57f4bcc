using System.Text.Json.Nodes;
using NATS.Client.Core;
using NatsKeys.Rules;

namespace NatsKeys.Tests.Server;

/// <summary>The way of messages, told to the subject that an account names.</summary>
public sealed class MessageTraceTests : ResolverTest
{
    private static readonly NatsHeaders Traced = new() { ["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };

    [NatsServerFact(ServerFeature.MessageTracing)]
    public async Task The_account_is_told_of_messages_that_carry_a_trace()
    {
        Run("$a | Set-NatsAccount -TraceSubject ways; $a | New-NatsUser U | Export-NatsCredential ./U.creds");
        await StartInMemoryAsync();
        await using NatsConnection connection = await Server.ConnectAsync(PathOf("U.creds"));
        await using INatsSub<string> ways = await connection.SubscribeCoreAsync<string>("ways");
        await using INatsSub<string> listener = await connection.SubscribeCoreAsync<string>("orders.*");
        await connection.PingAsync();

        await connection.PublishAsync("orders.plain", "x");
        await connection.PublishAsync("orders.traced", "x", headers: Traced);

        JsonNode way = JsonNode.Parse((await NextAsync(ways))!)!;
        Assert.Equal(["in", "eg"], way["events"]!.AsArray().Select(part => part!["type"]!.ToString()));
        Assert.Equal("orders.traced", way["events"]![0]!["subj"]!.ToString());
    }

    [NatsServerFact(ServerFeature.MessageTracing)]
    public async Task The_way_into_another_account_is_told_where_export_and_import_allow_it()
    {
        Run(
            """
            $a | Set-NatsAccount -TraceSubject ways
            $a | New-NatsUser U | Export-NatsCredential ./U.creds
            $b | New-NatsUser V | Export-NatsCredential ./V.creds
            $b | Add-NatsExport open Service -AllowTrace
            $b | Add-NatsExport shut Service
            Get-NatsExport -Account $b | ForEach-Object { $a | Add-NatsImport -From $b -Subject $_.Subject -Type Service }
            """);
        await StartInMemoryAsync();
        await using NatsConnection asks = await Server.ConnectAsync(PathOf("U.creds"));
        await using NatsConnection answers = await Server.ConnectAsync(PathOf("V.creds"));
        await using INatsSub<string> ways = await asks.SubscribeCoreAsync<string>("ways");
        await using INatsSub<string> service = await answers.SubscribeCoreAsync<string>(">");
        await asks.PingAsync();
        await answers.PingAsync();

        await asks.PublishAsync("shut", "x", headers: Traced);
        await asks.PublishAsync("open", "x", headers: Traced);

        // Who gets the message in the other account is told, or that it went there is all.
        string other = (string)Value("$b.Subject")!;
        Assert.DoesNotContain(other, Receivers(await NextAsync(ways)));
        Assert.Contains(other, Receivers(await NextAsync(ways)));
    }

    /// <summary>The other accounts in which somebody got a message.</summary>
    private static IEnumerable<string?> Receivers(string? way) =>
        JsonNode.Parse(way!)!["events"]!.AsArray().Where(part => part!["type"]!.ToString() == "eg").Select(part => part!["acc"]?.ToString());

    private static async Task<string?> NextAsync(INatsSub<string> subscription)
    {
        using var patience = new CancellationTokenSource(NatsServer.Patience);
        return (await subscription.Msgs.ReadAsync(patience.Token)).Data;
    }
}
