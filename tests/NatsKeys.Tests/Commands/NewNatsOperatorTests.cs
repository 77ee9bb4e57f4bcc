namespace NatsKeys.Tests.Commands;

public class NewNatsOperatorTests : ModuleTest
{
    [Fact]
    public void An_operator_is_signed_by_itself_and_its_key_is_kept()
    {
        Run("$o = New-NatsOperator O2");

        Holds(
            "$o.GetType().Name -eq 'NatsOperator'",
            "$o.Name -eq 'O2'",
            "$o.Kind -eq 'Operator'");
        Holds(
            "$o.Issuer -eq $o.Subject",
            "$o.State -eq 'Signed'",
            "$null -eq $o.Expires");
        Holds("(Get-NatsKeyPair).PublicKey -eq $o.Subject");
        Holds("Test-NatsJwt $o");
        Assert.True(File.Exists(PathOf("store/O2/operator.yaml")));
    }

    [Theory]
    [InlineData("'" + OperatorSeed + "'")]
    [InlineData("(Import-NatsKeyPair -Seed " + OperatorSeed + ")")]
    [InlineData("(Import-NatsKeyPair -Seed " + OperatorSeed + ").ToSeed()")]
    [InlineData("./o.nk")]
    public void Key_is_the_identity(string key)
    {
        WriteFile("o.nk", OperatorSeed);
        Holds($"(New-NatsOperator O2 -Key {key}).Subject -eq '{OperatorKey}'");
        Holds("(Get-NatsKeyPair).Count -eq 1");
    }

    [Fact]
    public void Times_and_tags_are_recorded()
    {
        Run("$o = New-NatsOperator O2 -Expires 2099-01-31 -NotBefore 2020-01-01T12:00:00Z -Tag ' Env:Prod', 'b', 'env:prod', ''");

        Holds("$o.Expires -eq [DateTimeOffset]::new(2099, 1, 31, 0, 0, 0, [TimeSpan]::Zero)");
        Holds("$o.NotBefore -eq [DateTimeOffset]::new(2020, 1, 1, 12, 0, 0, [TimeSpan]::Zero)");
        Holds("\"$((Get-NatsOperator O2).Tags)\" -eq 'env:prod b'");
    }

    [Theory]
    [InlineData("30d", 720)]
    [InlineData("1d12h", 36)]
    [InlineData("([TimeSpan]::FromHours(5))", 5)]
    [InlineData("([DateTime]::UtcNow.AddHours(7))", 7)]
    [InlineData("([DateTimeOffset]::Now.AddHours(9))", 9)]
    public void Expires_takes_durations_and_dates(string expires, int hours)
    {
        Run($"$o = New-NatsOperator O2 -Expires {expires}");
        Holds($"[Math]::Abs(($o.Expires - $o.IssuedAt).TotalHours - {hours}) -lt 0.1");
    }

    [Theory]
    [InlineData("-Expires 1x")]
    [InlineData("-Expires 12h1d")]
    [InlineData("-Expires tomorrow")]
    [InlineData("-NotBefore 31.01.2027")]
    public void Times_that_are_not_wholly_understood_are_errors(string parameter)
    {
        string text = parameter.Split(' ')[1];
        Assert.Contains($"'{text}'", Reports("InvalidTime", $"New-NatsOperator O2 {parameter}"), StringComparison.Ordinal);
        Assert.Empty(Snapshot());
    }

    [Fact]
    public void Expires_before_NotBefore_is_an_error()
    {
        Reports("InvalidTime", "New-NatsOperator O2 -Expires 2030-01-01 -NotBefore 2031-01-01");
        Assert.Empty(Snapshot());
    }

    [Fact]
    public void An_expiry_in_the_past_is_an_error()
    {
        Reports("InvalidTime", "New-NatsOperator O2 -Expires 2001-01-01");
        Assert.Empty(Snapshot());
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("trailing ")]
    [InlineData(" leading")]
    [InlineData("dot.")]
    [InlineData("CON")]
    [InlineData("nul.txt")]
    [InlineData("q\"uote")]
    public void Names_that_no_store_takes_are_errors(string name)
    {
        Assert.Equal(["InvalidName"], Session.Run("New-NatsOperator -Name $name", ("name", name)).ErrorIds);
        Assert.Empty(Snapshot());
    }

    [Fact]
    public void A_name_that_is_taken_in_whatever_case_is_an_error_and_nothing_is_written()
    {
        Run("New-NatsOperator O2 | Out-Null");
        string[] before = Snapshot();

        Assert.Contains("O2", Reports("EntityExists", "New-NatsOperator o2"), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void SigningKey_is_the_operators_own_key_and_no_other()
    {
        Refuses("SigningKeyNotAllowed", "New-NatsOperator O2 -SigningKey (New-NatsKeyPair Operator)");
        Run("$k = New-NatsKeyPair Operator; $o = New-NatsOperator O2 -Key $k -SigningKey $k");
        Holds("$o.Issuer -eq $k.PublicKey");
    }

    [Theory]
    [InlineData("-Key " + AccountSeed)]
    [InlineData("-Key (New-NatsKeyPair User)")]
    public void A_key_of_another_type_is_an_error(string key)
    {
        Reports("IncompatibleKey", $"New-NatsOperator O2 {key}");
        Assert.Empty(Snapshot());
    }

    [Fact]
    public void Store_takes_an_object()
    {
        Run("$s = New-NatsStore -InMemory; New-NatsOperator O2 -Store $s | Out-Null");
        Holds("(Get-NatsOperator O2 -Store $s).Name -eq 'O2'");
        Assert.Empty(Snapshot());
    }

    [Fact]
    public void WhatIf_makes_nothing()
    {
        Assert.Empty(LeavesFilesAlone("New-NatsOperator O2 -WhatIf").Output);
        Assert.Empty(LeavesFilesAlone($"New-NatsOperator O2 -Key {OperatorSeed} -WhatIf").Output);
    }

    [Fact]
    public void A_system_account_comes_with_what_monitoring_needs()
    {
        Run("$o = New-NatsOperator Sys -GenerateSigningKey -SystemAccount SYS -RequireSigningKeys -AccountServerUrl nats://x:1");
        Holds(
            "$s = Get-NatsAccount SYS -Operator Sys; $o.SystemAccount -eq 'SYS' -and $o.Claims.SystemAccount -eq $s.Subject",
            "$s.Issuer -eq $o.SigningKeys[0].PublicKey",
            "($s | Test-NatsJwt)",
            "\"$($s.Exports.Subject)\" -eq '$SYS.ACCOUNT.*.> $SYS.REQ.ACCOUNT.*.*'");
        Holds(
            "$u = Get-NatsUser sys -Account $s; $u.Issuer -eq $s.SigningKeys[0].PublicKey",
            "($u | Test-NatsJwt)",
            "(Get-NatsOperator Sys).State -eq 'Signed'");
        Holds("@($o.Subject, $o.SigningKeys[0].PublicKey, $s.Subject, $s.SigningKeys[0].PublicKey, $u.Subject | Where-Object { -not "
            + "(Get-NatsKeyPair $_).HasSeed }).Count -eq 0");
    }

    [Fact]
    public void The_key_that_was_asked_for_signs_the_system_account_too()
    {
        Run("$k = New-NatsKeyPair Operator; $o = New-NatsOperator Sys -SystemAccount SYS -Key $k.PublicKey -SigningKey $k");
        Holds("(Get-NatsAccount SYS).Issuer -eq $k.PublicKey");
    }

    [Theory]
    [InlineData("-SystemAccount '../x'", "InvalidName")]
    [InlineData("-SystemAccount SYS -ServiceUrl http://x", "RuleBroken")]
    public void Where_a_part_fails_nothing_of_it_stays(string parameters, string errorId)
    {
        string[] before = Snapshot();
        Reports(errorId, $"New-NatsOperator Sys -GenerateSigningKey {parameters}");
        Assert.Equal(before, Snapshot());
    }
}
