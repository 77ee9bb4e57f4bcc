namespace NatsKeys.Tests.Commands;

public class UpdateNatsOperatorKeyTests : ModuleTest
{
    public UpdateNatsOperatorKeyTests() =>
        Run("$o = New-NatsOperator O2; $ok = $o | Add-NatsSigningKey; $a = $o | New-NatsAccount A -SigningKey $o.Subject; $b = $ok | "
            + "New-NatsAccount B; $u = $a | New-NatsUser U");

    [Theory]
    [InlineData("$r = $o | Update-NatsOperatorKey -Confirm:$false")]
    [InlineData("$r = Update-NatsOperatorKey -Confirm:$false O2 -Store $storeRoot")]
    public void What_the_old_key_signed_the_new_one_signs(string script)
    {
        string warning = Assert.Single(Run(script).Warnings);
        Assert.Contains("account O2/A", warning, StringComparison.Ordinal);
        Assert.Contains((string)Value("$o.Subject")!, warning, StringComparison.Ordinal);
        Holds(
            "$n = Get-NatsOperator; $n.Subject -ne $o.Subject",
            "$n.Issuer -eq $n.Subject",
            "$n.State -eq 'Signed'",
            "(Get-NatsKeyPair $n.Subject).HasSeed",
            "$r.OldKey -eq $o.Subject");
        Holds(
            "(Get-NatsAccount A).Issuer -eq $n.Subject",
            "(Get-NatsAccount B).Jwt -eq $b.Jwt",
            "(Get-NatsUser U | Test-NatsJwt)",
            "\"$($r.SignedAgain)\" -eq 'account O2/A'");
    }

    [Fact]
    public void The_old_key_stays_as_a_signing_key_where_that_is_wanted()
    {
        Run("$r = $o | Update-NatsOperatorKey -Confirm:$false -KeepAsSigningKey");
        Holds(
            "$r.IsFinished",
            "$r.IsOldKeyListed",
            "(Get-NatsOperator).SigningKeys.PublicKey -contains $o.Subject",
            "(Get-NatsAccount A).Jwt -eq $a.Jwt",
            "(Get-NatsUser U | Test-NatsJwt)");
    }

    [Fact]
    public void A_signing_key_becomes_the_identity()
    {
        Run("$o | Update-NatsOperatorKey -Confirm:$false -Key $ok.PublicKey -WarningAction Ignore");
        Holds(
            "(Get-NatsOperator).Subject -eq $ok.PublicKey",
            "-not (Get-NatsOperator).SigningKeys.Count",
            "(Get-NatsAccount A).State -eq 'Signed'",
            "(Get-NatsAccount B).State -eq 'Signed'");
    }

    [Theory]
    [InlineData("$o.Subject", "SigningKeyExists")]
    [InlineData("(New-NatsKeyPair Account)", "IncompatibleKey")]
    [InlineData(OperatorKey, "SigningKeyNotFound")]
    public void A_key_that_cannot_be_the_identity_changes_nothing(string key, string errorId)
    {
        string[] before = Snapshot();
        Reports(errorId, $"$o | Update-NatsOperatorKey -Confirm:$false -Key {key}");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void What_could_not_be_signed_is_pending_and_the_next_run_signs_it()
    {
        WriteFile("store/O2/accounts/A/account.yaml", File.ReadAllText(PathOf("store/O2/accounts/A/account.yaml")) + "tags: [x]\n");
        Run("$r = Update-NatsOperatorKey -Confirm:$false O2 -WarningAction Ignore");
        Holds(
            "-not $r.IsFinished",
            "$r.Pending[0].Path -eq 'account O2/A'",
            "-not $r.SignedAgain.Count");
        WriteFile("store/O2/accounts/A/account.yaml",
            File.ReadAllText(PathOf("store/O2/accounts/A/account.yaml")).Replace("tags: [x]\n", "", StringComparison.Ordinal));
        Run("$s = Update-NatsOperatorKey -Confirm:$false O2");
        Holds(
            "$s.IsFinished",
            "$s.OldKey -eq $o.Subject",
            "$s.NewKey -eq $r.NewKey",
            "\"$($s.SignedAgain)\" -eq 'account O2/A'",
            "(Test-NatsStore)");
        Assert.False(File.Exists(PathOf("store/rotations.yaml")));
    }
}
