using System.Globalization;
using NATS.Client.Core;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Server;

/// <summary>Three servers with full resolvers, which give each other what they are given, and of which one comes to an end.</summary>
public sealed class ClusterTests : ResolverTest
{
    private const int Count = 3;
    private readonly NatsServer[] servers;
    private readonly int[] routes = [.. Enumerable.Range(0, Count).Select(_ => NatsServer.FreePort())];

    public ClusterTests() => servers = [.. Enumerable.Range(0, Count).Select(number => new NatsServer(PathOf($"server{number}")))];

    public override async Task DisposeAsync()
    {
        foreach (NatsServer server in servers)
        {
            server.Dispose();
        }

        await base.DisposeAsync();
    }

    [NatsServerFact]
    public async Task Every_server_answers_for_itself()
    {
        await StartClusterAsync();

        Run("$answers = Publish-NatsAccount A -Operator O2 -ServerCount 3");

        Holds("\"$($answers.Server)\" -eq 'S0 S1 S2'", "\"$($answers.Outcome)\" -eq 'Done Done Done'", "$answers[0].Server.Cluster -eq 'C'");
        Holds("\"$((Compare-NatsAccount A, B -Operator O2).ForEach({ \"$($_.Account) $($_.Server) $($_.State)\" }) -join '; ')\" -eq 'O2/A S0 "
            + "Same; O2/A S1 Same; O2/A S2 Same; O2/B S0 Missing; O2/B S1 Missing; O2/B S2 Missing'");
        Assert.Equal("ServersMissing", Ends("Publish-NatsAccount B -Operator O2 -ServerCount 4 -Timeout 1s").ErrorId);
        Holds("(Compare-NatsAccount B -Operator O2)[0].State -eq 'Missing'");
    }

    [NatsServerFact]
    public async Task A_server_that_is_killed_while_accounts_are_published_is_missed_and_catches_up()
    {
        await StartClusterAsync();
        Run("0..199 | ForEach-Object { $o | New-NatsAccount ('P{0:d3}' -f $_) | Out-Null }; $all = Get-NatsAccount P* -Operator O2");
        Run("$all | Publish-NatsAccount | Out-Null; $all = $all | Set-NatsAccount -MaxConnections 9 -PassThru");

        // The first page is through when the hundredth account comes; the second is not.
        RunResult result = Session.Run(
            "$i = 0; $answers = $all | ForEach-Object { if (++$i -eq 100) { $kill.Invoke() }; $_ } | Publish-NatsAccount -Timeout 5s",
            ("kill", new Action(servers[2].Stop)));

        // Whatever was not answered by all is an error that names the silent server, and the two others have everything.
        Assert.Equal(200 - 64, result.Errors.Count);
        Assert.All(result.ErrorIds, id => Assert.Equal("ServersMissing", id));
        Assert.All(result.Errors, error => Assert.Contains("S2", error.ToString(), StringComparison.Ordinal));
        Holds($"$answers.Count -eq {(3 * 64) + (2 * 136)}");

        await StartOneAsync(2);
        string states = await CatchUpAsync("$all | Compare-NatsAccount -ServerCount 3 -Timeout 2s");
        Assert.Equal("Same 600", states);
    }

    [NatsServerFact]
    public async Task When_the_server_at_the_other_end_is_killed_another_one_takes_its_place()
    {
        await StartClusterAsync();
        Run("0..149 | ForEach-Object { $o | New-NatsAccount ('P{0:d3}' -f $_) | Out-Null }; $all = Get-NatsAccount P* -Operator O2");

        RunResult result = Session.Run(
            "$i = 0; $answers = $all | ForEach-Object { if (++$i -eq 100) { $kill.Invoke() }; $_ } | Publish-NatsAccount -Timeout 5s",
            ("kill", new Action(servers[0].Stop)));

        Assert.All(result.ErrorIds, id => Assert.True(id is "ServersMissing" or "ServerUnreachable", id));
        Run("$again = $all | Publish-NatsAccount -Timeout 3s -WarningAction Ignore");
        Holds("\"$([System.Collections.Generic.SortedSet[string]]::new([string[]] $again.Server.Name))\" -eq 'S1 S2'", "$again.Count -eq 300");
    }

    [NatsServerFact]
    public async Task Servers_that_differ_are_counted_and_where_they_use_an_account_they_are_named()
    {
        await StartClusterAsync();
        Run("$a | New-NatsUser U | Export-NatsCredential ./U.creds; Publish-NatsAccount A -Operator O2 | Out-Null; Set-NatsAccount A "
            + "-MaxConnections 9");
        servers[2].Stop();
        Run("Publish-NatsAccount A -Operator O2 -Timeout 1s -WarningAction Ignore | Out-Null");
        await StartOneAsync(2, interval: "1h");
        await FindEachOtherAsync();

        const string Rows = "(Compare-NatsAccount A -Operator O2 -ServerCount 3 -Timeout 10s).ForEach({ \"$($_.Server): $($_.State)\" }) -join '; '";
        Assert.Equal("2 of S0, S1, S2: Same; 1 of S0, S1, S2: Older", Value(Rows));

        await using NatsConnection connection = await servers[2].ConnectAsync(PathOf("U.creds"));
        Assert.Equal("S2: Older; S0: Same; S1: Same", Value(Rows));
        Assert.Contains("account O2/A", Assert.Single(Run("Receive-NatsAccount A -Operator O2 -ServerCount 3 -Timeout 10s").Warnings),
            StringComparison.Ordinal);
    }

    /// <summary>Compares until a server that came back has what it missed, and gives the states and how often each was found.</summary>
    private async Task<string> CatchUpAsync(string comparison)
    {
        string states = "";
        for (int attempt = 0; attempt < 60 && !states.StartsWith("Same", StringComparison.Ordinal); attempt++)
        {
            RunResult result;
            try
            {
                result = Session.Run(comparison);
            }
            catch (TerminatingErrorException error) when (error.ErrorId == "ServersMissing")
            {
                await Task.Delay(500);
                continue;
            }

            states = string.Join(
                ", ", result.Output.GroupBy(row => row.Properties["State"].Value.ToString()).OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => $"{group.Key} {group.Count()}"));
            if (states.Contains(',', StringComparison.Ordinal))
            {
                states = "";
                await Task.Delay(500);
            }
        }

        return states;
    }

    private async Task StartClusterAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, Count).Select(StartOneAsync));
        Run("Set-NatsOperator O2 -ServiceUrl $urls", ("urls", servers.Select(server => server.Url).ToArray()));

        await FindEachOtherAsync();
    }

    /// <summary>Servers know each other once they have exchanged a word.</summary>
    private async Task FindEachOtherAsync()
    {
        for (int attempt = 0; attempt < 100; attempt++)
        {
            if (Session.Run("(Compare-NatsAccount SYS -Operator O2 -Timeout 1s -WarningAction Ignore).Count").Single.BaseObject.Equals(Count))
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail("The servers did not find each other.");
    }

    private Task StartOneAsync(int number) => StartOneAsync(number, interval: "1s");

    private Task StartOneAsync(int number, string interval) => servers[number].StartAsync(
        $"server_name: S{number}\n"
        + Configuration($"{Full}\ninterval: '{interval}'", $"server{number}/jwt")
        + string.Create(CultureInfo.InvariantCulture,
            $"cluster {{\nname: C\nlisten: 127.0.0.1:{routes[number]}\nroutes: [ "
                + $"{string.Join(", ", routes.Select(port => $"nats://127.0.0.1:{port}"))} ]\n}}\n"));
}
