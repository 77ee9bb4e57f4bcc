using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class SetNatsOperatorTests : ModuleTest
{
    public SetNatsOperatorTests() => Run("$o = New-NatsOperator O2");

    [Theory]
    [InlineData("$o | Set-NatsOperator -AddTag x")]
    [InlineData("Set-NatsOperator O2 -AddTag x")]
    [InlineData("Set-NatsOperator -Name o2 -AddTag x -Store $storeRoot")]
    [InlineData("'O2' | Set-NatsOperator -AddTag x")]
    [InlineData("Set-NatsOperator -AddTag x")]
    public void The_operator_is_changed_and_signed_by_itself(string script)
    {
        Assert.Empty(Run(script).Output);
        Holds(
            "$n = Get-NatsOperator O2; $n.Tags -eq 'x'",
            "$n.State -eq 'Signed'",
            "$n.Issuer -eq $n.Subject",
            "$n.IssuedAt -gt $o.IssuedAt");
    }

    [Fact]
    public void PassThru_gives_the_operator_as_it_is_now() =>
        Holds("($o | Set-NatsOperator -AccountServerUrl nats://x:1 -PassThru).AccountServerUrl -eq 'nats://x:1'");

    [Fact]
    public void What_is_not_named_stays_and_empty_values_take_away()
    {
        Run("$o | Set-NatsOperator -AccountServerUrl nats://x:1 -ServiceUrl nats://a:1, nats://b:2 -AssertServerVersion 2.9.0 -Expires 30d");
        Run("$o | Set-NatsOperator -ServiceUrl nats://c:3");
        Holds(
            "$n = Get-NatsOperator; \"$($n.ServiceUrls)|$($n.AccountServerUrl)|$($n.Claims.AssertServerVersion)\" -eq 'nats://c:3|nats://x:1|2.9.0'",
            "$n.Expires");
        Run("$o | Set-NatsOperator -ServiceUrl @() -AccountServerUrl '' -AssertServerVersion '' -Expires Never");
        Holds(
            "$n = Get-NatsOperator; -not $n.ServiceUrls.Count",
            "-not $n.AccountServerUrl",
            "-not $n.Claims.AssertServerVersion",
            "-not $n.Expires",
            "$n.State -eq 'Signed'");
    }

    [Fact]
    public void The_system_account_is_named_by_object_name_or_key_and_taken_away()
    {
        Run("$a = $o | New-NatsAccount A; $b = $o | New-NatsAccount B");
        Holds("($o | Set-NatsOperator -SystemAccount $a -PassThru).SystemAccount -eq 'A'");
        Holds("($o | Set-NatsOperator -SystemAccount B -PassThru).SystemAccount -eq 'B'");
        Holds("($o | Set-NatsOperator -SystemAccount $a.Subject -PassThru).Claims.SystemAccount -eq $a.Subject");
        Holds("-not ($o | Set-NatsOperator -SystemAccount '' -PassThru).SystemAccount");
        Reports("EntityNotFound", "$o | Set-NatsOperator -SystemAccount nobody");
    }

    [Fact]
    public void Signing_keys_are_required_only_once_there_is_one_and_what_identities_signed_is_named()
    {
        Run("$a = $o | New-NatsAccount A; $a | New-NatsUser U | Out-Null");
        Reports("LastSigningKey", "$o | Set-NatsOperator -RequireSigningKeys");

        Run("$k = $o | Add-NatsSigningKey; $k | New-NatsAccount B | Out-Null");
        string warning = Assert.Single(Run("$o | Set-NatsOperator -RequireSigningKeys").Warnings);
        Assert.Contains("account O2/A", warning, StringComparison.Ordinal);
        Assert.Contains("user O2/A/U", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("O2/B", warning, StringComparison.Ordinal);
        Holds("(Get-NatsAccount A).State -eq 'Untrusted'", "(Get-NatsAccount B).State -eq 'Signed'");

        Run("$o | Set-NatsOperator -RequireSigningKeys:$false");
        Holds("(Get-NatsAccount A).State -eq 'Signed'");
    }

    [Theory]
    [InlineData("-AccountServerUrl nohost", "operator.account-server-url")]
    [InlineData("-ServiceUrl http://x", "operator.service-url")]
    [InlineData("-AssertServerVersion 2.9", "operator.version")]
    public void A_broken_rule_is_named_and_nothing_is_written(string parameters, string rule)
    {
        string[] before = Snapshot();
        Assert.Contains(rule, Reports("RuleBroken", $"$o | Set-NatsOperator {parameters}"), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void What_changes_nothing_says_so()
    {
        RunResult result = LeavesFilesAlone("$o | Set-NatsOperator -RemoveTag none -Verbose");
        Assert.Contains(result.Verbose, text => text.Contains("operator O2", StringComparison.Ordinal));
    }
}
