using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.Json.Nodes;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class NewNatsKeyPairTests : ModuleTest
{
    [Theory]
    [InlineData("Operator", "O")]
    [InlineData("Account", "A")]
    [InlineData("User", "U")]
    [InlineData("Server", "N")]
    [InlineData("Cluster", "C")]
    [InlineData("Curve", "X")]
    public void A_key_of_the_type_is_made_and_kept_nowhere(string type, string letter)
    {
        Run($"$k = New-NatsKeyPair -Type {type}");

        Holds(
            $"$k.Type -eq '{type}'",
            "$k.HasSeed",
            $"$k.PublicKey -cmatch '^{letter}[A-Z2-7]{{55}}$'");
        Holds("\"$k\" -eq $k.PublicKey");
        Assert.Empty(Snapshot());
    }

    [Fact]
    public void Every_key_is_another() => Holds("(New-NatsKeyPair User).PublicKey -ne (New-NatsKeyPair User).PublicKey");

    [Fact]
    public void An_unknown_type_is_an_error() =>
        Assert.Contains("Curve", Ends("New-NatsKeyPair Stranger").Message, StringComparison.Ordinal);

    [Fact]
    public void A_number_that_is_no_type_is_an_error() => Ends("New-NatsKeyPair 3");

    [Fact]
    public void The_default_view_has_the_public_key_and_not_the_seed()
    {
        string text = Session.RunText("$k = New-NatsKeyPair User; $k; $k | Format-List *; $k | Format-List * -Force");
        Assert.Contains((string)Value("$k.PublicKey")!, text, StringComparison.Ordinal);
        Assert.DoesNotMatch(SeedText.Pattern(), text);
    }

    [Theory]
    [InlineData("User", "AB", "^UAB")]
    [InlineData("Account", "ab", "^AAB")]
    [InlineData("Operator", "TE", "^O[A-D]TE")]
    [InlineData("Curve", "te", "^X[A-D]TE")]
    [InlineData("Server", "7", "^N[A-D]7")]
    public void A_prefix_stands_behind_the_type_letter(string type, string prefix, string pattern)
    {
        Run($"$k = New-NatsKeyPair {type} -Prefix {prefix} -Timeout 1h");
        Holds(
            $"$k.Type -eq '{type}'",
            "$k.HasSeed",
            $"$k.PublicKey -cmatch '{pattern}'");
        Holds("(Import-NatsKeyPair -Seed $k.ToSeed()).PublicKey -ceq $k.PublicKey");
        Assert.Empty(Snapshot());
    }

    [Theory]
    [InlineData("A1")]
    [InlineData("8")]
    [InlineData("A-B")]
    [InlineData("'A B'")]
    [InlineData("Ä")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTU")]
    public void A_prefix_that_no_key_has_is_an_error_at_once(string prefix) => Reports("InvalidName", $"New-NatsKeyPair User -Prefix {prefix}");

    [Fact]
    public void An_empty_prefix_is_an_error() => Ends("New-NatsKeyPair User -Prefix ''");

    [Theory]
    [InlineData("1s")]
    [InlineData("([TimeSpan]::FromMilliseconds(500))")]
    [InlineData("([TimeSpan]::Zero)")]
    public void A_search_that_takes_too_long_ends_with_an_error_and_shows_progress(string timeout)
    {
        RunResult result = Session.Run($"New-NatsKeyPair User -Prefix TEAMTEAMTEAM -Timeout {timeout}");

        Assert.Equal(["KeyNotFound"], result.ErrorIds);
        Assert.Empty(result.Output);
        Assert.Contains(result.Progress, progress => progress.RecordType == ProgressRecordType.Completed);
    }

    [Fact]
    public void A_long_search_tells_how_far_it_is()
    {
        RunResult result = Session.Run("New-NatsKeyPair User -Prefix TEAMTEAMTEAM -Timeout 1s");
        Assert.Contains(result.Progress, progress =>
            progress.Activity.Contains("TEAMTEAMTEAM", StringComparison.Ordinal)
                && progress.StatusDescription.Contains("keys tried", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("60d")]
    [InlineData("10y")]
    [InlineData("([TimeSpan]::MaxValue)")]
    public void A_timeout_may_be_long(string timeout) => Holds($"(New-NatsKeyPair User -Prefix A -Timeout {timeout}).HasSeed");

    [Theory]
    [InlineData("soon", "InvalidTime")]
    [InlineData("Never", "InvalidTime")]
    [InlineData("2027-01-31", "InvalidTime")]
    [InlineData("'-5s'", "InvalidTime")]
    [InlineData("([DateTimeOffset]::MaxValue)", "CannotConvertArgumentNoMessage")]
    [InlineData("soon -WhatIf", "InvalidTime")]
    [InlineData("$null", "ParameterArgumentValidationError")]
    public void A_timeout_that_is_none_is_an_error(string timeout, string errorId)
    {
        RunResult result = Session.Run(
            $"try {{ New-NatsKeyPair User -Prefix A -Timeout {timeout} -ErrorAction Stop }} catch {{ $_.FullyQualifiedErrorId }}");
        Assert.StartsWith(errorId, (string)result.Single.BaseObject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_stops_when_the_pipeline_is_stopped()
    {
        // In a runspace of its own, with the module, as a user's Ctrl+C finds it.
        using var shell = PowerShell.Create(InitialSessionState.CreateDefault2());
        shell.AddScript("param($manifest) Import-Module $manifest; 'ready'; New-NatsKeyPair User -Prefix TEAMTEAMTEAM")
            .AddArgument(PowerShellSession.ManifestPath);
        using var output = new PSDataCollection<PSObject>();
        IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        while (shell.Streams.Progress.Count == 0 && !running.IsCompleted)
        {
            await Task.Delay(100);
        }

        await Task.Run(shell.Stop);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Single(output);
    }

    [Fact]
    public void Entropy_gives_the_key_of_the_reference()
    {
        foreach (JsonObject entry in Vectors.Cases("nkeys-valid.json"))
        {
            Run(
                "$k = New-NatsKeyPair $type -Entropy $bytes; $seed = $k | Export-NatsKeyPair -AsPlainText",
                ("type", entry.Text("type")), ("bytes", entry.Bytes("raw_seed_hex")));
            Assert.Equal(entry.Text("public"), Value("$k.PublicKey"));
            Assert.Equal(entry.Text("seed"), Value("$seed"));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(64)]
    public void Entropy_of_another_length_is_an_error(int length) =>
        Reports("InvalidSeedLength", $"New-NatsKeyPair User -Entropy ([byte[]]::new({length}))");

    [Theory]
    [InlineData("-Entropy ([byte[]]::new(32)) -Prefix A")]
    [InlineData("-Entropy ([byte[]]::new(32)) -Timeout 1s")]
    [InlineData("-Timeout 1s")]
    public void Parameters_that_do_not_go_together_are_errors(string parameters) => Ends($"New-NatsKeyPair User {parameters}");

    [Theory]
    [InlineData("-Prefix TEAMTEAMTEAM")]
    [InlineData("-Entropy ([byte[]]::new(32))")]
    public void WhatIf_neither_searches_nor_makes(string parameters) =>
        Assert.Empty(LeavesFilesAlone($"New-NatsKeyPair User {parameters} -WhatIf").Output);
}
