using System.Diagnostics;
using System.Globalization;

namespace NatsKeys.Tests;

/// <summary>Several processes at one store, and processes that are killed while they change it.</summary>
public sealed class ProcessesTests : ModuleTest
{
    private const int Writers = 20;
    private const int UsualKills = 8;

    public ProcessesTests() => Run("New-NatsStore ./shared | Out-Null; $o = New-NatsOperator O -Store ./shared; $o | New-NatsAccount A | Out-Null");

    [Fact]
    public async Task Of_what_twenty_processes_add_at_once_nothing_is_lost()
    {
        (int Code, string Text)[] ended = await Task.WhenAll(Enumerable.Range(0, Writers).Select(number => Task.Run(() =>
        {
            // On a busy machine one of them may wait for its turn longer than it is ready to: then nothing has changed, and it asks again.
            using Process process = Session.StartProcess(
                $$"""
                function Retry($change) {
                    do { $failed = @(& $change 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) }
                    while ($failed.Count -and $failed[0].FullyQualifiedErrorId -like 'StoreBusy,*')
                    $failed | ForEach-Object { "$_" }
                }
                Retry { Set-NatsAccount A -Store ./shared -AddTag t{{number}} }
                Retry { New-NatsUser u{{number}} -Account A -Store ./shared }
                'done'
                """);
            string text = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, text);
        })));

        Assert.All(ended, process => Assert.Equal((0, "done"), (process.Code, process.Text.Trim())));
        Assert.Equal(Writers, Value("(Get-NatsAccount A -Store ./shared).Tags.Count"));
        Assert.Equal(Writers, Value("@(Get-NatsUser -Account A -Store ./shared).Count"));
        Holds("Test-NatsStore ./shared");
    }

    /// <summary>Where somebody else has a file open, Windows refuses it for that moment. Nobody is told.</summary>
    [Fact]
    public async Task What_two_processes_write_and_read_at_once_is_refused_to_neither()
    {
        const int Rounds = 40;
        Run("Get-NatsAccount A -Store ./shared | New-NatsUser U | Export-NatsCredential ./U.creds");
        string[] ended = await Task.WhenAll(Enumerable.Range(0, 2).Select(number => Task.Run(() =>
        {
            using Process process = Session.StartProcess(
                $$"""
                $failed = @()
                for ($i = 0; $i -lt {{Rounds}}; $i++) {
                    Set-NatsAccount A -Store ./shared -AddTag "p{{number}}-$i" -ErrorVariable +failed
                    $u = Set-NatsUser O/A/U -Store ./shared -AddTag "p{{number}}-$i" -PassThru -ErrorVariable +failed
                    $u | Export-NatsCredential ./U.creds -Force -ErrorVariable +failed
                    $null = Get-NatsUser -Account A -Store ./shared -ErrorVariable +failed
                    $null = Get-NatsAccount A -Store (Get-NatsStore ./shared) -ErrorVariable +failed
                    $null = Import-NatsCredential ./U.creds -ErrorVariable +failed
                }
                "$($failed.Count) refused"
                """);
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string text = process.StandardOutput.ReadToEnd() + errors.Result;
            process.WaitForExit();
            return text.Trim();
        })));

        Assert.All(ended, text => Assert.Equal("0 refused", text));
        Holds(
            $"(Get-NatsAccount A -Store ./shared).Tags.Count -eq {2 * Rounds}",
            $"(Get-NatsUser U -Account A -Store ./shared).Tags.Count -eq {2 * Rounds}");
    }

    /// <summary>NATSKEYS_KILLS sets how often; each takes about two seconds.</summary>
    [Fact]
    public void A_writer_that_is_killed_leaves_a_store_that_holds_and_nothing_that_it_acknowledged_is_missing()
    {
        int kills = int.TryParse(Environment.GetEnvironmentVariable("NATSKEYS_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked)
            ? asked : UsualKills;
        var random = new Random(20261);
        int acknowledged = 0;
        Run("Add-NatsSigningKey -Account A -Role rotated -Store ./shared | Out-Null");
        for (int kill = 0; kill < kills; kill++)
        {
            using Process process = Session.StartProcess(
                $$"""
                for ($i = 0; ; $i++) {
                    $u = New-NatsUser "k{{kill}}-$i" -Account O/A -SigningKey rotated -Store ./shared; "+ $u"
                    Set-NatsUser "O/A/$u" -Store ./shared -AddTag "t$i"; "# $u t$i"
                    Set-NatsAccount O/A -Store ./shared -AddTag "a{{kill}}-$i"; "@ a{{kill}}-$i"
                    if ($i % 3 -eq 1) { Rename-NatsUser "O/A/$u" "$u-new" -Store ./shared; "~ $u" }
                    if ($i % 3 -eq 2) { Remove-NatsUser "O/A/$u" -Store ./shared -IncludeKeys -Confirm:$false -WarningAction Ignore; "- $u" }
                    if ($i % 4 -eq 1) { $r = Update-NatsSigningKey rotated -Account O/A -Store ./shared -Compromised:($i % 8 -eq
                        1) -WarningAction Ignore; "* $($r.NewKey) $($r.OldKey)" }
                    if ($i % 5 -eq 2) { $o = New-NatsOperator "K{{kill}}-$i" -Store ./shared -SystemAccount SYS; "o $o" }
                }
                """);
            string first = process.StandardOutput.ReadLine()!;
            Thread.Sleep(random.Next(0, 400));
            process.Kill();
            string[] said = [first,
                .. process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
            process.WaitForExit();
            acknowledged += said.Length;

            Assert.Empty(Run("Test-NatsStore ./shared -Detailed -MinimumSeverity Time").Output);
            foreach (string line in said)
            {
                string[] words = line.Split(' ');
                Assert.True(IsThere(words, said), $"{line} was acknowledged and is missing after kill {kill}.");
            }
        }

        Assert.True(acknowledged > kills);
    }

    private bool IsThere(string[] words, string[] said) => words switch
    {
        ["+", var user] => said.Contains($"- {user}") || IsLast(user, said)
            || Value($"@(Get-NatsUser {Name(user, said)} -Account O/A -Store ./shared).Count -eq 1") is true,
        ["#", var user, var tag] =>
            said.Contains($"- {user}") || IsLast(user, said)
                || Value($"(Get-NatsUser {Name(user, said)} -Account O/A -Store ./shared).Tags -contains '{tag}'") is true,
        ["~", var user] => Value($"@(Get-NatsUser -Account O/A -Store ./shared).Name -notcontains '{user}'") is true,
        ["o", var name] => Value($"(Get-NatsAccount SYS -Operator {name} -Store ./shared).Subject "
            + $"-eq (Get-NatsOperator {name} -Store ./shared).Claims.SystemAccount "
            + $"-and @(Get-NatsUser sys -Account {name}/SYS -Store ./shared).Count -eq 1") is true,
        ["@", var tag] => Value($"(Get-NatsAccount A -Operator O -Store ./shared).Tags -contains '{tag}'") is true,
        ["*", var now, var old] => Value($"$a = Get-NatsAccount A -Operator O -Store ./shared; $a.SigningKeys.PublicKey -notcontains '{old}' "
            + $"-and @(Get-NatsUser -Account O/A -Store ./shared).Issuer -notcontains '{old}'") is true && now != old,
        ["-", var user] => Value($"@(Get-NatsUser -Account O/A -Store ./shared).Name -notcontains '{user}'") is true,
        _ => false,
    };

    private static string Name(string user, string[] said) => said.Contains($"~ {user}") ? $"{user}-new" : user;

    /// <summary>The last user may have been removed or renamed without anybody being told.</summary>
    private static bool IsLast(string user, string[] said) => said[^1].StartsWith('@') && said.Last(line => line.StartsWith('+')) == $"+ {user}";
}
