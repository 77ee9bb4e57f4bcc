using System.Diagnostics;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Server;

/// <summary>
/// A signing key of the system account is replaced, and the replacement is interrupted: servers know the old key alone, or some know the new one.
/// What speaks with them is let in all the same, without credentials. The identity key of the system account lies somewhere else, as it should.
/// </summary>
public sealed class SystemAccountRotationTests : ResolverTest
{
    private const string Pending = "(Test-NatsStore -Detailed).Where({ $_.Rule -eq 'audit.unconfirmed-rotation' }).Count";
    private readonly NatsServer second;

    public SystemAccountRotationTests()
    {
        second = new NatsServer(PathOf("server2"));
        Run("$sys = Get-NatsAccount SYS -Operator O2; $old = $sys | Add-NatsSigningKey");
        foreach (string key in (string[])[(string)Value("$sys.Subject")!,
            .. Run("$sys.SigningKeys.PublicKey").Output.Select(key => (string)key.BaseObject)])
        {
            if (key != (string)Value("$old.PublicKey")!)
            {
                File.Delete(Path.Combine(Session.KeyRoot, "keys", "A", key[1..3], $"{key}.nk"));
            }
        }
    }

    public override async Task DisposeAsync()
    {
        second.Dispose();
        await base.DisposeAsync();
    }

    [NatsServerTheory]
    [InlineData("$old | Update-NatsSigningKey -Compromised -WarningAction Ignore | Out-Null")]
    [InlineData("$old | Update-NatsSigningKey | Out-Null")]
    [InlineData("$old | Update-NatsSigningKey -KeepOldKey | Out-Null; Update-NatsSigningKey $old.PublicKey | Out-Null")]
    public async Task What_was_not_published_is_published_with_the_old_key(string rotation)
    {
        await StartAsync(Full);
        Run(rotation);
        Holds("(Get-NatsAccount SYS).SigningKeys.PublicKey -notcontains $old.PublicKey", $"{Pending} -eq 1", "(Test-NatsStore)");

        RunResult result = Run("$answers = Get-NatsAccount -Operator O2 | Publish-NatsAccount -Verbose");

        Holds("$answers.Count -eq 3", "\"$($answers.Outcome)\" -eq 'Done Done Done'", $"{Pending} -eq 0");
        Assert.Contains(result.Verbose, line =>
            line.Contains((string)Value("$old.PublicKey")!, StringComparison.Ordinal) && line.Contains("accepted", StringComparison.Ordinal));
        Assert.Equal("Same Same Same", Value("\"$((Compare-NatsAccount -Operator O2).State)\""));
        Assert.DoesNotContain(
            Run("Compare-NatsAccount -Operator O2 -Verbose").Verbose, line =>
                line.Contains((string)Value("$old.PublicKey")!, StringComparison.Ordinal));
    }

    [NatsServerFact]
    public async Task The_updates_of_a_replacement_are_published_in_one_go()
    {
        await StartAsync(Full);
        Run("$answers = $old | Update-NatsSigningKey | Publish-NatsAccount");
        Holds("\"$($answers.Outcome)\" -eq 'Done Done'", $"{Pending} -eq 0", "(Compare-NatsAccount SYS -Operator O2).State -eq 'Same'");
    }

    [NatsServerFact]
    public async Task The_first_of_two_updates_does_not_end_a_replacement()
    {
        await StartAsync(Full);
        Run("$rotation = $old | Update-NatsSigningKey; $rotation.Updates[0] | Publish-NatsAccount | Out-Null");
        Holds($"{Pending} -eq 1");
        Run("$rotation.Updates[1] | Publish-NatsAccount | Out-Null");
        Holds($"{Pending} -eq 0", "(Compare-NatsAccount SYS -Operator O2).State -eq 'Same'");
    }

    [NatsServerFact]
    public async Task The_same_command_gives_again_what_servers_must_learn_of()
    {
        await StartAsync(Full);
        Run("$old | Update-NatsSigningKey -Compromised -WarningAction Ignore | Out-Null; $again = Update-NatsSigningKey $old.PublicKey "
            + "-Compromised -WarningAction Ignore");
        Holds("$again.Updates.Count -eq 1", "$again.Updates[0].Token -eq (Get-NatsAccount SYS).Jwt", $"{Pending} -eq 1");
        Run("$again | Publish-NatsAccount | Out-Null");
        Holds($"{Pending} -eq 0");
    }

    [NatsServerFact]
    public async Task Of_two_servers_the_one_that_was_not_told_is_told_later()
    {
        await StartAsync(Full);
        await second.StartAsync(Configuration(Full, "server2/jwt"));
        Run("$old | Update-NatsSigningKey -Compromised -WarningAction Ignore | Out-Null");
        RunResult first = Session.Run("$answers = Publish-NatsAccount SYS -Operator O2 -Server $one", ("one", Server.Url));

        // One address may be that of some servers alone.
        Assert.Contains("-ServerCount", Assert.Single(first.Warnings), StringComparison.Ordinal);
        Holds("\"$($answers.Outcome)\" -eq 'Done'", $"{Pending} -eq 1");

        // Whichever comes first, and however often.
        foreach (string url in (string[])[second.Url, Server.Url, second.Url])
        {
            Run("$answers = Publish-NatsAccount SYS -Operator O2 -Server $url -WarningAction Ignore", ("url", url));
            Holds("\"$($answers.Outcome)\" -eq 'Done'");
        }

        Run("Publish-NatsAccount SYS -Operator O2 -ServerCount 1 | Out-Null");
        Holds($"{Pending} -eq 0");
    }

    [NatsServerFact(NewestOnly = true)]
    public async Task An_operator_of_two_addresses_has_two_servers()
    {
        await StartAsync(Full);
        Run("Set-NatsOperator O2 -ServiceUrl $one, nats://127.0.0.1:1; $old | Update-NatsSigningKey -Compromised -WarningAction Ignore | "
            + "Publish-NatsAccount -WarningAction Ignore | Out-Null", ("one", Server.Url));
        Holds($"{Pending} -eq 1");
        Run("Publish-NatsAccount SYS -Operator O2 -ServerCount 1 | Out-Null");
        Holds($"{Pending} -eq 0");
    }

    /// <summary>The process is killed at some moment of a replacement with all that belongs to it.</summary>
    [NatsServerFact]
    public async Task A_replacement_that_is_killed_locks_nobody_out()
    {
        await StartAsync(Full);
        var random = new Random(19);
        for (int kill = 0; kill < 3; kill++)
        {
            using Process process = Session.StartProcess(
                $"Get-NatsStore ./store | Out-Null; '+'; $key = (Get-NatsSigningKey -Account O2/SYS -Store ./store | Where-Object {{ "
                    + $"Get-NatsKeyPair $_.PublicKey -Store ./store -ErrorAction Ignore }})[-1]; $key | Update-NatsSigningKey -Compromised -Store "
                        + "./store -WarningAction Ignore | Publish-NatsAccount | Out-Null");
            process.StandardOutput.ReadLine();
            Thread.Sleep(random.Next(0, 900));
            process.Kill();
            process.WaitForExit();
        }

        Run("$answers = Get-NatsAccount -Operator O2 | Publish-NatsAccount");

        Holds("\"$($answers.Outcome)\" -eq 'Done Done Done'", $"{Pending} -eq 0");
        Assert.Equal("Same Same Same", Value("\"$((Compare-NatsAccount -Operator O2).State)\""));
    }

    [NatsServerFact(NewestOnly = true)]
    public async Task A_key_that_servers_do_not_know_yet_does_not_keep_anybody_out()
    {
        await StartAsync(Full);
        Run("1..8 | ForEach-Object { $sys | Add-NatsSigningKey | Out-Null }");
        Run("$answers = Publish-NatsAccount SYS -Operator O2");
        Holds("\"$($answers.Outcome)\" -eq 'Done'");
    }

    [NatsServerFact(NewestOnly = true)]
    public async Task Where_every_key_is_refused_one_error_names_them()
    {
        await StartAsync(Full);
        Run("$new = 1..2 | ForEach-Object { $sys | Add-NatsSigningKey }; $old | Remove-NatsSigningKey -Confirm:$false -WarningAction Ignore");

        TerminatingErrorException error = Ends("Publish-NatsAccount SYS -Operator O2");

        Assert.Equal("ServerRefused", error.ErrorId);
        Assert.Contains("Authorization Violation", error.Message, StringComparison.Ordinal);
        foreach (object key in Run("$new.PublicKey").Output.Select(key => key.BaseObject))
        {
            Assert.Contains((string)key, error.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain((string)Value("$old.PublicKey")!, error.Message, StringComparison.Ordinal);
    }
}
