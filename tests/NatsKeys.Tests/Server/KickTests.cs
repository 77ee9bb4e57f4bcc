using System.Globalization;
using NATS.Client.Core;
using NatsKeys.Rules;

namespace NatsKeys.Tests.Server;

/// <summary>What the user of the system account that a new operator has may ask of servers.</summary>
public sealed class KickTests : ResolverTest
{
    [NatsServerFact(ServerFeature.Kick)]
    public async Task A_user_of_the_system_account_cuts_a_connection()
    {
        Run("$a | New-NatsUser U | Export-NatsCredential ./U.creds; Get-NatsUser sys | Export-NatsCredential ./sys.creds");
        await StartInMemoryAsync();
        await using NatsConnection system = await Server.ConnectAsync(PathOf("sys.creds"));
        await using NatsConnection user = await Server.ConnectAsync(PathOf("U.creds"));
        var ended = new TaskCompletionSource();
        user.ConnectionDisconnected += (_, _) =>
        {
            ended.TrySetResult();
            return ValueTask.CompletedTask;
        };

        string kick = $"$SYS.REQ.SERVER.{user.ServerInfo!.Id}.KICK";
        string body = string.Create(CultureInfo.InvariantCulture, $$"""{"cid":{{user.ServerInfo.ClientId}}}""");
        NatsMsg<string> answer = await system.RequestAsync<string, string>(kick, body);

        Assert.DoesNotContain("\"error\"", answer.Data, StringComparison.Ordinal);
        await ended.Task.WaitAsync(NatsServer.Patience);

        // From elsewhere nobody is cut.
        await using NatsConnection again = await Server.ConnectAsync(PathOf("U.creds"));
        NatsMsg<string> none = await again.RequestAsync<string, string>(kick, body, replyOpts: new NatsSubOpts { ThrowIfNoResponders = false });
        Assert.True(none.HasNoResponders);
    }
}
