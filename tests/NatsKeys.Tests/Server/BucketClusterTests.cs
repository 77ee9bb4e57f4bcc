using System.Diagnostics;
using System.Globalization;
using NatsKeys.Rules;

namespace NatsKeys.Tests.Server;

/// <summary>
/// Three servers that keep a store in a bucket, of which one after the other is killed and comes back, while processes change the store.
/// NATSKEYS_BUCKET_LOAD=20x50 has twenty processes add fifty users each; without it there are two, with six.
/// </summary>
public sealed class BucketClusterTests : ModuleTest, IAsyncLifetime
{
    private const int Count = 3;

    private const string Worker =
        """
        Import-Module $manifest
        $env:NATSKEYS_STORE = $address
        $env:NATSKEYS_CREDENTIAL = $credential
        function Attempt([string] $What, [scriptblock] $Do) {
            try { & $Do; [System.IO.File]::AppendAllText("$What-$worker.ack", "$user`n") }
            catch { [System.IO.File]::AppendAllText("$What-$worker.err", "$user $($_.FullyQualifiedErrorId) $_`n") }
        }
        foreach ($number in 1..$count) {
            $user = "w$worker-$number"
            Attempt add { New-NatsUser $user -Account A -ErrorAction Stop | Out-Null }
            if ($number % 3 -eq 0) { Attempt tag { Set-NatsUser $user -Account A -AddTag t -ErrorAction Stop } }
            if ($number % 5 -eq 0) { Attempt move { Rename-NatsUser $user -Account A -NewName "moved-$user" -ErrorAction Stop } }
            if ($worker -eq 1 -and $number -eq [System.Math]::Ceiling($count / 2)) {
                Attempt rotate { Update-NatsSigningKey (Get-NatsSigningKey -Account A).PublicKey -ErrorAction Stop | Out-Null }
            }
        }
        """;

    private readonly NatsServer[] servers;
    private readonly int[] routes = [.. Enumerable.Range(0, Count).Select(_ => NatsServer.FreePort())];

    public BucketClusterTests() =>
        servers = [.. Enumerable.Range(0, Count).Select(number => new NatsServer(PathOf($"server{number}")) { Port = NatsServer.FreePort() })];

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        foreach (NatsServer server in servers)
        {
            server.Dispose();
        }

        return Task.CompletedTask;
    }

    [NatsServerFact(ServerFeature.AtomicBatches, NewestOnly = true)]
    public async Task Every_change_that_was_acknowledged_is_there_once_whatever_server_was_killed_meanwhile()
    {
        int[] load = [.. (Environment.GetEnvironmentVariable("NATSKEYS_BUCKET_LOAD") ?? "2x6").Split('x').Select(int.Parse)];
        await Task.WhenAll(Enumerable.Range(0, Count).Select(StartOneAsync));
        Run(
            """
            New-NatsOperator BOOT -Store (New-NatsStore -InMemory) | New-NatsAccount KEYS | New-NatsUser admin | Export-NatsCredential ./admin.creds
            foreach ($attempt in 1..20) {
                try { $store = New-NatsStore -Bucket b -Server $urls -Credential ./admin.creds -Replicas 3 -ErrorAction Stop; break }
                catch { Start-Sleep 1 }
            }
            New-NatsOperator O -Store $store | New-NatsAccount A | Add-NatsSigningKey | Out-Null
            """,
            ("urls", servers.Select(server => server.Url).ToArray()));

        Process[] workers = [.. Enumerable.Range(1, load[0]).Select(number => Session.StartProcess(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            $manifest = '{Hosting.PowerShellSession.ManifestPath}'; $address = '{Value("$store.Location")}'
            $credential = '{PathOf("admin.creds")}'; $worker = {number}; $count = {load[1]}
            {Worker}
            """)))];
        while (Lines("add-*.ack").Length == 0 && !workers[0].HasExited)
        {
            await Task.Delay(50);
        }

        Assert.Contains(workers, worker => !worker.HasExited);
        for (int victim = 0; ; victim = (victim + 1) % Count)
        {
            servers[victim].Stop();
            await Task.Delay(3000);
            await StartOneAsync(victim);
            if (workers.All(worker => worker.WaitForExit(8000)))
            {
                break;
            }
        }

        Assert.All(workers, worker => Assert.True(worker.ExitCode == 0, worker.StandardError.ReadToEnd()));
        string[] errors = Lines("*.err");
        Assert.True(errors.Length == 0, string.Join('\n', errors));
        Run("$users = Get-NatsUser -Account A -Store $store; $names = $users.Name -replace '^moved-'");
        Assert.Equal(load[0] * load[1], Lines("add-*.ack").Length);
        Run("$added = Get-Content add-*.ack; $tagged = Get-Content tag-*.ack; $moved = Get-Content move-*.ack");
        Holds(
            "(Compare-Object $added $names).Count -eq 0",
            "(Compare-Object $tagged ($users.Where({ $_.Tags }).Name -replace '^moved-')).Count -eq 0",
            "(Compare-Object @($moved) @($users.Name -match '^moved-' -replace '^moved-')).Count -eq 0",
            "($users.Subject | Sort-Object -Unique).Count -eq $users.Count",
            "(Get-Content rotate-1.ack).Count -eq 1",
            "Test-NatsStore $store");
    }

    private string[] Lines(string pattern) => [.. Directory.GetFiles(Session.Folder, pattern).SelectMany(File.ReadAllLines)];

    private Task StartOneAsync(int number) => servers[number].StartAsync(
        port => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            server_name: S{{number}}
            listen: 127.0.0.1:{{port}}
            jetstream { store_dir: 'jetstream' }
            cluster {
                name: C
                listen: 127.0.0.1:{{routes[number]}}
                routes: [{{string.Join(", ", routes.Select(route => $"nats://127.0.0.1:{route}"))}}]
            }
            """));
}
