using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class UpdateNatsOperatorKeyTests : ModuleTest
{
    public UpdateNatsOperatorKeyTests() => Run("$o = New-NatsOperator O2; $ok = $o | Add-NatsSigningKey; $a = $o | New-NatsAccount A; $b = $ok | New-NatsAccount B; $u = $a | New-NatsUser U");

    [Theory]
    [InlineData("$r = $o | Update-NatsOperatorKey -PassThru")]
    [InlineData("$r = Update-NatsOperatorKey O2 -PassThru -Store $env:NATSKEYS_STORE")]
    public void What_the_old_key_signed_the_new_one_signs(string script)
    {
        Assert.Contains("account O2/A", Assert.Single(Run(script).Warnings), StringComparison.Ordinal);
        Holds("$n = Get-NatsOperator; $n.Subject -ne $o.Subject -and $n.Issuer -eq $n.Subject -and $n.State -eq 'Signed' -and (Get-NatsKeyPair $n.Subject).HasSeed -and $r.OldKey -eq $o.Subject");
        Holds("(Get-NatsAccount A).Issuer -eq $n.Subject -and (Get-NatsAccount B).Jwt -eq $b.Jwt -and (Get-NatsUser U | Test-NatsJwt) -and \"$($r.SignedAgain)\" -eq 'account O2/A'");
    }

    [Fact]
    public void The_old_key_stays_as_a_signing_key_where_that_is_wanted()
    {
        RunResult result = Run("$o | Update-NatsOperatorKey -KeepAsSigningKey");
        Assert.Empty(result.Output);
        Holds("(Get-NatsOperator).SigningKeys.PublicKey -contains $o.Subject -and (Get-NatsAccount A).Jwt -eq $a.Jwt -and (Get-NatsUser U | Test-NatsJwt)");
    }

    [Fact]
    public void A_signing_key_becomes_the_identity()
    {
        Run("$o | Update-NatsOperatorKey -Key $ok.PublicKey -WarningAction Ignore");
        Holds("(Get-NatsOperator).Subject -eq $ok.PublicKey -and -not (Get-NatsOperator).SigningKeys.Count -and (Get-NatsAccount A).State -eq 'Signed' -and (Get-NatsAccount B).State -eq 'Signed'");
    }

    [Theory]
    [InlineData("$o.Subject", "SigningKeyExists")]
    [InlineData("(New-NatsKeyPair Account)", "IncompatibleKey")]
    [InlineData(OperatorKey, "SigningKeyNotFound")]
    public void A_key_that_cannot_be_the_identity_changes_nothing(string key, string errorId)
    {
        string[] before = Snapshot();
        Reports(errorId, $"$o | Update-NatsOperatorKey -Key {key}");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void WhatIf_changes_nothing() => LeavesFilesAlone("$o | Update-NatsOperatorKey -WhatIf");
}
