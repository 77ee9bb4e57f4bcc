using System.Text.RegularExpressions;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>Every error says what to do about it.</summary>
public sealed class ErrorAdviceTests : ModuleTest
{
    [Fact]
    public void There_is_advice_for_every_error_and_it_is_a_sentence()
    {
        var advice = Run("foreach ($code in [enum]::GetValues([NatsKeys.ErrorCode])) { [NatsKeys.Errors.ErrorAdvice]::For($code) }").Output;
        Assert.Equal(Run("[enum]::GetNames([NatsKeys.ErrorCode])").Output.Count, advice.Count);
        Assert.All(advice, text => Assert.Matches(@"^[A-Z][^\n]{10,}\.\z", text.ToString()));
    }

    [Theory]
    [InlineData("Get-NatsStore nowhere", "ObjectNotFound")]
    [InlineData("New-NatsOperator O; New-NatsAccount A -MaxConnections many", "InvalidArgument")]
    [InlineData("Protect-NatsMessage a -Key (New-NatsKeyPair Curve).PublicKey -To (New-NatsKeyPair Curve)", "PermissionDenied")]
    [InlineData("Get-NatsStore env:x", "InvalidArgument")]
    [InlineData("ConvertFrom-NatsJwt x", "InvalidData")]
    public void Errors_are_of_the_category_of_what_went_wrong(string script, string category) =>
        Assert.Equal([category], Session.Run(script).Errors.Select(error => error.CategoryInfo.Category.ToString()));

    [Theory]
    [InlineData("ConvertFrom-NatsJwt abcdef.abcdef.abcdef", "(a token)")]
    [InlineData("ConvertFrom-NatsJwt ([IO.FileInfo]'nothing.jwt')", "nothing.jwt")]
    [InlineData("New-NatsStore damaged; [IO.File]::WriteAllText(\"$pwd/damaged/natskeys.yaml\", '['); Test-NatsStore damaged", "damaged")]
    public void What_an_error_is_about_is_not_the_name_of_a_type(string script, string target)
    {
        string? shown = Assert.Single(Session.Run(script).Errors).TargetObject?.ToString();
        Assert.EndsWith(target, shown, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_nobody_knows_has_no_advice() =>
        Assert.Contains("9999", Ends("[NatsKeys.Errors.ErrorAdvice]::For([enum]::ToObject([NatsKeys.ErrorCode], 9999))").Message,
            StringComparison.Ordinal);

    [Fact]
    public void An_error_record_carries_it_with_its_category_and_what_it_is_about()
    {
        var error = Assert.Single(Session.Run("Test-NatsConnection ./nosuch.creds -Server nats://localhost").Errors);
        Assert.Equal(("FileNotFound,NatsKeys.Commands.TestNatsConnectionCommand", System.Management.Automation.ErrorCategory.ObjectNotFound),
            (error.FullyQualifiedErrorId, error.CategoryInfo.Category));
        Assert.Equal("Check the path.", error.ErrorDetails.RecommendedAction);
        Assert.Equal(error.Exception.Message, error.ToString());
        Assert.NotNull(error.TargetObject);
    }

    [Theory]
    [InlineData("New-Item there.creds | Out-Null; $u | Export-NatsCredential there.creds", "FileExists",
        "already exists. Use -Force to overwrite it.")]
    [InlineData("New-NatsStore ./s | Out-Null; New-NatsStore ./s", "StoreExists", "is already a store. Open it with Get-NatsStore -Path.")]
    [InlineData("Get-NatsStore .", "StoreNotFound", "Create a store with New-NatsStore.")]
    [InlineData("$a | Remove-NatsAccount -Confirm:$false", "EntityInUse", "Use -Recurse to remove what is below it as well.")]
    [InlineData("$a | Set-NatsJetStreamLimit -Tier R1 -MaxDisk 1GiB; Get-NatsAccount A | Set-NatsJetStreamLimit -MaxDisk 1GiB", "RuleBroken",
        "First remove the JetStream limits with Remove-NatsJetStreamLimit.")]
    [InlineData("Add-NatsExport s -Type Stream -Account A; Add-NatsExport s -Type Stream -Account A", "ClaimExists",
        "Use Set-NatsExport to change it.")]
    public void An_error_says_behind_its_message_with_which_cmdlet_or_parameter_it_is_mended(string script, string id, string end)
    {
        const string Prepare =
            "$u = New-NatsOperator O | New-NatsAccount A | New-NatsUser "
                + "U; $a = Get-NatsAccount A; ";
        var error = Assert.Single(Session.Run(Prepare + script).Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.EndsWith(end, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(error.Exception.Message, error.ErrorDetails.Message);
    }

    [Theory]
    [InlineData("Publish-NatsAccount A", "InvalidServer")]
    [InlineData("Get-NatsStore nats://h", "InvalidServer")]
    [InlineData("New-NatsServerConfig -Resolver Memory -MaxPayload Unlimited", "InvalidServerConfig")]
    public void An_error_whose_message_says_what_to_do_has_no_advice_that_repeats_it(string script, string id)
    {
        const string Prepare =
            "$null = New-NatsOperator O | New-NatsAccount A; ";
        var error = Assert.Single(Session.Run(Prepare + script).Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("", error.ErrorDetails.RecommendedAction);
    }

    /// <summary>
    /// PowerShell shows the advice below the message, so a sentence of one must not begin like a sentence of the other. Messages that name a cmdlet
    /// or a parameter are marked, and have no advice.
    /// </summary>
    [Fact]
    public void No_message_says_in_its_own_words_what_its_advice_says()
    {
        var advice = Run(
            "$of = [NatsKeys.Errors.ErrorAdvice]; $in = $of.GetMethod('IsInMessage', [Reflection.BindingFlags]'NonPublic, Static'); "
                + "foreach ($code in [enum]::GetValues([NatsKeys.ErrorCode])) { "
                + "if (-not $in.Invoke($null, @($code))) { \"$code`t$($of::For($code))\" } }")
            .Output.Select(line => line.ToString().Split('\t')).ToDictionary(pair => pair[0], pair => Verbs(pair[1]));
        string source = Path.Combine(Path.GetDirectoryName(PowerShellSession.ManifestPath)!, "src");
        var repeated = new List<string>();
        var unmarked = new List<string>();
        int seen = 0, marked = 0;
        foreach (string file in Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories))
        {
            foreach (Match thrown in Regex.Matches(
                File.ReadAllText(file),
                @"((?:Advised|FileLine)Exception\b[^;""]{0,60})?\(\s*ErrorCode\.(\w+),\s*((?:\$?""(?:[^""\\]|\\.)*""[\s+]*)+)"))
            {
                seen++;
                string message = string.Concat(Regex.Matches(thrown.Groups[3].Value, @"""((?:[^""\\]|\\.)*)""").Select(part => part.Groups[1].Value));
                if (thrown.Groups[1].Success)
                {
                    marked++;
                }
                else if (Regex.IsMatch(message, @"\b[A-Z][a-z]+-Nats[A-Z{]|[ (]-[A-Z][a-z]"))
                {
                    unmarked.Add($"{Path.GetFileName(file)}: {message}");
                }
                else if (advice.TryGetValue(thrown.Groups[2].Value, out string[]? verbs) && Verbs(message).Intersect(verbs).Any())
                {
                    repeated.Add($"{Path.GetFileName(file)}: {message}");
                }
            }
        }

        Assert.True(seen > 100);
        Assert.True(marked > 20);
        Assert.Empty(unmarked);
        Assert.Empty(repeated);
    }

    [Fact]
    public void An_error_with_its_own_advice_keeps_it_behind_the_name_of_its_row()
    {
        const string Script =
            "$null = New-NatsOperator O | New-NatsAccount A | New-NatsUser ursula; "
                + "[pscustomobject]@{ Name = 'ursula'; Account = 'A' } | Add-NatsRevocation -At Never";
        var error = Assert.Single(Session.Run(Script).Errors);
        Assert.StartsWith("'ursula': -At requires a time", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("", error.ErrorDetails.RecommendedAction);
    }

    // The words with which sentences tell somebody to do something.
    private static string[] Verbs(string text) => [.. Regex.Matches(text, @"(?:^|[.:] )([A-Z][a-z]+)\b").Select(word => word.Groups[1].Value)
        .Where(word => word is not ("The" or "This" or "It" or "Its" or "To" or "A" or "An" or "If" or "Then" or "Servers" or "No" or "Only"))];

    [Fact]
    public void A_warning_says_it_as_well()
    {
        const string Script =
            "$u = New-NatsOperator O | New-NatsAccount A | New-NatsUser U; "
            + "Add-NatsRevocation -User '*' -Account A -At (Get-Date).AddHours(1) -Confirm:$false -WarningAction Ignore; Set-NatsUser U -AddTag t";
        Assert.Contains(Session.Run(Script).Warnings, warning =>
            warning.Contains("(trust.revoked). Get-NatsRevocation shows it.", StringComparison.Ordinal));
    }

    [Fact]
    public void So_does_what_a_rotation_leaves_for_later()
    {
        const string Script =
            "$k = New-NatsOperator O | Add-NatsSigningKey; $null = "
                + "New-NatsAccount A -SigningKey $k; "
            + "[System.IO.File]::AppendAllText(\"$pwd/store/O/accounts/A/account.yaml\", \"tags: [edited]`n\"); $k | Update-NatsSigningKey";
        Assert.Contains(Session.Run(Script).Warnings, warning =>
            warning.Contains("edited and not signed. Sign it with Update-NatsStore", StringComparison.Ordinal));
    }
}
