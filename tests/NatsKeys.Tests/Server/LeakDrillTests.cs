using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace NatsKeys.Tests.Server;

/// <summary>
/// A leak, end to end, on three servers in a cluster with clients that come back as soon as they are cut: one pipeline later nobody is connected by
/// the old key, and nobody else was disturbed. The variable <c>NATSKEYS_DRILL_CLIENTS</c> sets how many clients there are.
/// </summary>
public sealed class LeakDrillTests(ITestOutputHelper output) : ClusterTest
{
    private const string Variable = "NATSKEYS_DRILL_CLIENTS";
    private readonly RawClients clients = new();
    private readonly int each = int.Parse(Environment.GetEnvironmentVariable(Variable) ?? "36", CultureInfo.InvariantCulture) / 4;

    public override async Task DisposeAsync()
    {
        await clients.DisposeAsync();
        await base.DisposeAsync();
    }

    [NatsServerFact(NewestOnly = true)]
    public async Task One_pipeline_ends_a_leak_on_a_cluster_and_so_does_one_that_was_interrupted()
    {
        await StartClusterAsync();
        await ConnectAsync();
        Assert.Equal(2 * each, Value("@($leaked, $second | Get-NatsConnection).Count"));
        Assert.Equal(4 * each, MeasureAll());

        // The whole drill: who is connected, rotate, publish, cut, prove.
        var watch = Stopwatch.StartNew();
        Run("$answers = $leaked | Update-NatsSigningKey -Compromised -WarningAction Ignore | Publish-NatsAccount -Disconnect -ServerCount 3");
        Tell("leak to proof", watch);
        RequireProof("$answers", "leaked");
        Assert.Equal(0, clients.Cut("second") + clients.Cut("same account") + clients.Cut("other account"));

        // Interrupted after everything was signed: the process ends before servers hear of anything.
        Interrupt("Update-NatsSigningKey $key -Compromised -WarningAction Ignore | Out-Null; 'signed'; Start-Sleep 60", "signed");
        Assert.Equal(each, clients.Connected("second"));

        // Interrupted again after some servers were told: the third one stands still, and is an error and no part of the proof.
        if (!OperatingSystem.IsWindows())
        {
            Servers[2].Pause(isPaused: true);
            Session.Run("$some = $second | Update-NatsSigningKey -Compromised -WarningAction Ignore | Publish-NatsAccount -Disconnect -Timeout 3s "
                + "-WarningAction Ignore");
            Holds("@($some | Where-Object { $_ -is [NatsKeys.Server.ClientProof] -and $_.IsClear }).Count -eq 0");
            Assert.Equal(
                ["ServersMissing"], Session.Run("$all = Get-NatsConnection -Operator O2 -Timeout 3s -WarningAction Ignore").ErrorIds);
            Servers[2].Pause(isPaused: false);
            await FindEachOtherAsync();
        }

        watch.Restart();
        Run("$again = $second | Update-NatsSigningKey -Compromised -WarningAction Ignore | Publish-NatsAccount -Disconnect -ServerCount 3");
        Tell("the same, interrupted, run again", watch);
        RequireProof("$again", "second");
        Holds("\"$(($again | Where-Object { $_ -is [NatsKeys.Server.ClientProof] }))\" -eq \"$($answers | Where-Object { $_ -is "
            + "[NatsKeys.Server.ClientProof] })\"");
        Assert.Equal(0, clients.Cut("same account") + clients.Cut("other account"));
        Assert.Equal(2 * each, clients.Connected("same account") + clients.Connected("other account"));
        Holds("@(Get-NatsConnection -Operator O2 -Unwanted).Count -eq 0");
    }

    private void RequireProof(string answers, string group)
    {
        Run($"$proof = @({answers} | Where-Object {{ $_ -is [NatsKeys.Server.ClientProof] -and $_.Account -eq 'O2/A' }})");
        Holds("$proof.Count -eq 1", "$proof[0].IsClear", "\"$($proof[0].Servers)\" -eq 'S0 S1 S2'", "$proof[0].Remaining.Count -eq 0");
        Assert.True(RawClients.BecomesAsync(() => clients.Refused(group) == each).GetAwaiter().GetResult(),
            $"{clients.Refused(group)} of {each} clients of {group} were refused.");
        Assert.Equal(0, clients.Connected(group));
    }

    /// <summary>Two keys that leak, one that does not, and another account, each with as many clients on each server.</summary>
    private async Task ConnectAsync()
    {
        Run(
            """
            $leaked = $a | Add-NatsSigningKey -Role sensor -AllowPublish 'tele.>' -AllowSubscribe '_INBOX.>'
            $second = $a | Add-NatsSigningKey
            $same = $a | Add-NatsSigningKey
            $other = $b | Add-NatsSigningKey
            foreach ($group in 'leaked', 'second', 'same', 'other') {
                $signing = $ExecutionContext.SessionState.PSVariable.GetValue($group)
                1..3 | ForEach-Object { $signing | New-NatsUser "$group$_" | Export-NatsCredential "./$group$_.creds" }
            }
            $key = $second.PublicKey
            Get-NatsAccount -Operator O2 | Publish-NatsAccount -ServerCount 3 | Out-Null
            """);
        foreach ((string file, string group) in new[]
        {
            ("leaked", "leaked"), ("second", "second"), ("same", "same account"), ("other", "other account"),
        })
        {
            await clients.AddAsync(group, Urls, [.. Enumerable.Range(1, 3).Select(number => PathOf($"{file}{number}.creds"))], each);
        }
    }

    /// <summary>Runs a script in a process of its own, and kills it when it has said a word.</summary>
    private void Interrupt(string script, string word)
    {
        using Process process = Session.StartProcess($"$key = '{Value("$key")}'; $env:NATSKEYS_STORE = './store'; {script}");
        for (string? line = ""; line != word;)
        {
            line = process.StandardOutput.ReadLine();
            Assert.True(line is not null, process.StandardError.ReadToEnd());
        }

        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Reads all connections in a process of its own, and tells the memory that it holds on the way.</summary>
    /// <returns>How many there are.</returns>
    private int MeasureAll()
    {
        const string Script =
            """
            $watch = [System.Diagnostics.Stopwatch]::StartNew(); $count = 0
            Get-NatsConnection -Operator O2 | ForEach-Object {
                if ($count++ % 1000 -eq 0) { '{0} connections: {1:n1} MiB held after {2:n1} s' -f $count, ([GC]::GetTotalMemory($true) / 1MB),
                    $watch.Elapsed.TotalSeconds }
            }
            'peak {0:n0} MiB of the whole process' -f ([System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB)
            $count
            """;
        using Process process = Session.StartProcess($"$env:NATSKEYS_STORE = './store'; {Script}");
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.True(lines.Length > 0, process.StandardError.ReadToEnd());
        Array.ForEach(lines, output.WriteLine);
        return int.Parse(lines[^1], CultureInfo.InvariantCulture);
    }

    private void Tell(string what, Stopwatch watch) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what}: {watch.Elapsed.TotalSeconds:0.0} s with {4 * each} clients on {Count} servers"));
}
