using NATS.Client.Core;

namespace NatsKeys.Tests.Server;

/// <summary>The examples, run as a user runs them, and what a real server then lets their users do.</summary>
public sealed class ExampleTests : ModuleTest, IAsyncLifetime
{
    private readonly NatsServer server;

    public ExampleTests() => server = new NatsServer(Session.Folder);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        server.Dispose();
        return Task.CompletedTask;
    }

    [NatsServerFact]
    public async Task A_device_of_the_fleet_speaks_for_itself_and_one_that_was_retired_is_refused()
    {
        await StartAsync("DeviceFleet.ps1");
        await using NatsConnection dashboard = await ConnectAsync("dashboard");
        await using INatsSub<string> telemetry = await dashboard.SubscribeCoreAsync<string>("tele.>");
        await dashboard.PingAsync();
        await using NatsConnection pump = await ConnectAsync("pump-1");
        await using INatsSub<string> commands = await pump.SubscribeCoreAsync<string>("cmd.pump-1.>");
        await pump.PingAsync();

        // The server drops the first, so that the second is what arrives.
        await pump.PublishAsync("tele.pump-2.temperature", "somebody else's");
        await pump.PublishAsync("tele.pump-1.temperature", "mine");
        await dashboard.PublishAsync("log.pump-1", "not of this role");
        await dashboard.PublishAsync("cmd.pump-2.stop", "not for pump-1");
        await dashboard.PublishAsync("cmd.pump-1.stop", "now");

        Assert.Equal("mine", await NextAsync(telemetry));
        Assert.Equal("now", await NextAsync(commands));
        await IsRefusedAsync("retired-1");
    }

    [NatsServerFact]
    public async Task A_private_service_answers_the_account_that_has_an_activation_and_no_other()
    {
        await StartAsync("PrivateService.ps1");
        await using NatsConnection answers = await ConnectAsync("answers");
        await using INatsSub<string> requests = await answers.SubscribeCoreAsync<string>("time.*");
        await answers.PingAsync();
        Task answering = AnswerAsync(requests);
        await using NatsConnection asks = await ConnectAsync("asks");
        await using NatsConnection visitor = await ConnectAsync("visitor");

        // A request without an answer is an error where nobody listens, and a reply with that status elsewhere.
        Assert.Equal("noon in time.utc", (await asks.RequestAsync<string, string>("clock.utc", "?")).Data);
        Assert.False(await IsAnsweredAsync(visitor, "time.utc"));
        Assert.False(await IsAnsweredAsync(visitor, "clock.utc"));

        await requests.UnsubscribeAsync();
        await answering;
    }

    private static async Task AnswerAsync(INatsSub<string> requests)
    {
        await foreach (NatsMsg<string> request in requests.Msgs.ReadAllAsync())
        {
            await request.ReplyAsync($"noon in {request.Subject}");
        }
    }

    private static async Task<bool> IsAnsweredAsync(NatsConnection connection, string subject)
    {
        try
        {
            return (await connection.RequestAsync<string, string>(subject, "?", replyOpts: new NatsSubOpts { Timeout = TimeSpan.FromSeconds(2) }))
                .Data is not null;
        }
        catch (NatsNoRespondersException)
        {
            return false;
        }
        catch (NatsNoReplyException)
        {
            return false;
        }
    }

    private static async Task<string?> NextAsync(INatsSub<string> subscription)
    {
        using var patience = new CancellationTokenSource(NatsServer.Patience);
        return (await subscription.Msgs.ReadAsync(patience.Token)).Data;
    }

    private Task StartAsync(string example)
    {
        string script = Path.Combine(Path.GetDirectoryName(Hosting.PowerShellSession.ManifestPath)!, "examples", example);
        Run("& $script -Path ./made -WarningAction SilentlyContinue", ("script", script));
        return server.StartAsync(File.ReadAllText(PathOf("made/server.conf")));
    }

    private Task<NatsConnection> ConnectAsync(string user) => server.ConnectAsync(PathOf($"made/creds/{user}.creds"));

    private async Task IsRefusedAsync(string user)
    {
        NatsException error = await Assert.ThrowsAsync<NatsException>(() => ConnectAsync(user));
        Assert.Contains("authorization", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
