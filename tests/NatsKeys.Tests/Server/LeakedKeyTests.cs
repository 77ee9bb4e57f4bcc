using System.Diagnostics;
using NATS.Client.Core;

namespace NatsKeys.Tests.Server;

/// <summary>
/// A key leaks, in a store of three accounts, four signing keys (two of them of roles) and eighty users, and servers learn of it while they
/// run: what it signed is refused, what was signed again gets in, and the users of the other keys never notice.
/// </summary>
public sealed class LeakedKeyTests : ResolverTest
{
    private const int UsersOfAKey = 20;
    private static readonly string[] Keys = ["plain", "sensor", "other", "gauge"];
    private readonly List<NatsConnection> connections = [];
    private readonly List<string> disturbed = [];

    public override async Task DisposeAsync()
    {
        foreach (NatsConnection connection in connections)
        {
            await connection.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    [NatsServerTheory]
    [InlineData("plain", "")]
    [InlineData("sensor", "")]
    [InlineData("sensor", "-NewUserKeys")]
    [InlineData("plain", "-SigningKey { param($bytes) New-NatsSignature -Data $bytes -SigningKey $away -Store $storeRoot }")]
    public async Task What_a_leaked_key_signed_is_refused_and_nobody_else_notices(string leaked, string more)
    {
        await StartAsync(Full);
        MakeUsers();
        if (more.Contains("$away", StringComparison.Ordinal))
        {
            MoveOperatorKeyAway();
        }

        Copy("old");
        foreach (string key in Keys)
        {
            await WatchAsync(key);
        }

        Run($"$rotation = Update-NatsSigningKey ${leaked} -Compromised {more}; $answers = $rotation | Publish-NatsAccount");

        Holds("$rotation.IsFinished", "$rotation.SignedAgain.Count -eq 20", "\"$($answers.Outcome)\" -eq 'Done'", "(Test-NatsStore)");
        Copy("new");
        await RequireAsync(leaked);
        foreach (NatsConnection connection in connections)
        {
            if (connection != connections[Array.IndexOf(Keys, leaked)])
            {
                await connection.PingAsync();
            }
        }

        Assert.DoesNotContain(disturbed, key => key != leaked);
    }

    /// <summary>What is killed works on files. The server comes in at the end, and does there what the test above asks of each.</summary>
    [NatsServerFact(NewestOnly = true)]
    public async Task A_rotation_that_was_killed_ends_in_the_same_state_when_it_is_run_again()
    {
        await StartAsync(Full);
        MakeUsers();
        Copy("old");
        var random = new Random(20262);
        for (int kill = 0; kill < 3; kill++)
        {
            using Process process = Session.StartProcess(
                $"'+'; Update-NatsSigningKey {Value("$plain.PublicKey")} -Compromised -Store ./store | Out-Null");
            process.StandardOutput.ReadLine();
            Thread.Sleep(random.Next(0, 400));
            process.Kill();
            process.WaitForExit();
        }

        // It may have been done before the last one was killed; then nobody lists the key any more.
        Session.Run("$again = Update-NatsSigningKey $plain.PublicKey -Compromised -WarningAction Ignore");
        Run("Get-NatsAccount -Operator O2 | Publish-NatsAccount");

        Holds(
            "(Test-NatsStore)",
            "(Get-NatsAccount A).SigningKeys.Count -eq 2",
            "(Get-NatsAccount A).SigningKeys.PublicKey -notcontains $plain.PublicKey");
        Copy("new");
        await RequireAsync("plain");
    }

    /// <summary>
    /// Accounts A with a plain key and one of a role, B with a plain one, C with one of a role; 20 users of each, with credentials.
    /// </summary>
    private void MakeUsers() => Run(
        """
        $c = $ok | New-NatsAccount C
        $a, $b | Set-NatsAccount -SigningKey $ok
        $plain = $a | Add-NatsSigningKey
        $sensor = $a | Add-NatsSigningKey -Role sensor -AllowPublish 'tele.>' -AllowSubscribe '_INBOX.>'
        $other = $b | Add-NatsSigningKey
        $gauge = $c | Add-NatsSigningKey -Role gauge -AllowPublish 'gauge.>' -AllowSubscribe '_INBOX.>'
        foreach ($key in 'plain', 'sensor', 'other', 'gauge') {
            $signing = $ExecutionContext.SessionState.PSVariable.GetValue($key)
            1..20 | ForEach-Object { $signing | New-NatsUser "$key$_" } | Export-NatsCredential
        }
        Get-NatsAccount -Operator O2 | Publish-NatsAccount | Out-Null
        """);

    /// <summary>The operator's keys leave the key root. What signs for them is a script block.</summary>
    private void MoveOperatorKeyAway()
    {
        Run("$away = Get-NatsKeyPair $ok.PublicKey");
        foreach (string file in Directory.GetFiles(Path.Combine(Session.KeyRoot, "keys", "O"), "*.nk", SearchOption.AllDirectories))
        {
            File.Delete(file);
        }
    }

    /// <summary>Connects as the first user of a key, and notes when the server ends that.</summary>
    private async Task WatchAsync(string key)
    {
        NatsConnection connection = await Server.ConnectAsync(PathOf($"old/{key}1.creds"));
        connection.ConnectionDisconnected += (_, _) =>
        {
            disturbed.Add(key);
            return ValueTask.CompletedTask;
        };
        connections.Add(connection);
    }

    private async Task RequireAsync(string leaked)
    {
        foreach (string key in Keys)
        {
            for (int number = 1; number <= UsersOfAKey; number++)
            {
                string name = $"{key}{number}.creds";
                await (key == leaked ? IsRefusedAsync($"old/{name}") : GetsInAsync($"old/{name}"));
                await GetsInAsync($"new/{name}");
            }
        }
    }

    private void Copy(string folder)
    {
        Directory.CreateDirectory(PathOf(folder));
        foreach (string file in Directory.GetFiles(Path.Combine(Session.KeyRoot, "creds"), "*.creds", SearchOption.AllDirectories))
        {
            File.Copy(file, PathOf($"{folder}/{Path.GetFileName(file)}"));
        }
    }

    private async Task GetsInAsync(string credentials)
    {
        await using NatsConnection connection = await Server.ConnectAsync(PathOf(credentials));
        Assert.Equal(NatsConnectionState.Open, connection.ConnectionState);
    }

    private async Task IsRefusedAsync(string credentials) =>
        await Assert.ThrowsAsync<NatsException>(async () => await (await Server.ConnectAsync(PathOf(credentials))).DisposeAsync());
}
