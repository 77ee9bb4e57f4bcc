using System.Globalization;

namespace NatsKeys.Tests.Server;

/// <summary>A test with three servers in a cluster, with full resolvers.</summary>
public abstract class ClusterTest : ResolverTest
{
    private protected const int Count = 3;
    private readonly int[] routes = [.. Enumerable.Range(0, Count).Select(_ => NatsServer.FreePort())];

    private protected ClusterTest() => Servers = [.. Enumerable.Range(0, Count).Select(number => new NatsServer(PathOf($"server{number}")))];

    private protected NatsServer[] Servers { get; }

    private protected string[] Urls => [.. Servers.Select(server => server.Url)];

    public override async Task DisposeAsync()
    {
        foreach (NatsServer server in Servers)
        {
            server.Dispose();
        }

        await base.DisposeAsync();
    }

    private protected async Task StartClusterAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, Count).Select(StartOneAsync));
        Run("Set-NatsOperator O2 -ServiceUrl $urls", ("urls", Urls));

        await FindEachOtherAsync();
    }

    /// <summary>Servers know each other once they have exchanged a word.</summary>
    private protected async Task FindEachOtherAsync()
    {
        for (int attempt = 0; attempt < 100; attempt++)
        {
            if (RunToEnd("(Compare-NatsAccount SYS -Operator O2 -Timeout 5s -WarningAction Ignore).Count").Output is [{ } found]
                && found.BaseObject.Equals(Count))
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail("The servers did not find each other.");
    }

    private protected Task StartOneAsync(int number) => StartOneAsync(number, interval: "1s");

    private protected Task StartOneAsync(int number, string interval) => Servers[number].StartAsync(
        $"server_name: S{number}\n"
        + Configuration($"{Full}\ninterval: '{interval}'", $"server{number}/jwt")
        + string.Create(CultureInfo.InvariantCulture,
            $"cluster {{\nname: C\nlisten: 127.0.0.1:{routes[number]}\nroutes: [ "
                + $"{string.Join(", ", routes.Select(port => $"nats://127.0.0.1:{port}"))} ]\n}}\n"));
}
