namespace NatsKeys.Tests.Commands;

public class NewNatsActivationTests : ExchangeTest
{
    public NewNatsActivationTests() =>
        Run("$a | Add-NatsExport 'time.*' Service -Private -Name clock; $a | Add-NatsExport open Stream; $a | Add-NatsExport 'mine.*' Service "
            + "-Private -AccountTokenPosition 2");

    [Theory]
    [InlineData("$a | New-NatsActivation time.utc -TargetAccount $b")]
    [InlineData("New-NatsActivation time.utc -Account A -TargetAccount B -Type Service")]
    [InlineData("Get-NatsExport 'time.*' | New-NatsActivation time.utc -TargetAccount $b.Subject")]
    public void It_is_signed_for_the_account_and_the_subject(string script)
    {
        LeavesFilesAlone($"$t = {script}");
        Holds(
            "$t.Kind -eq 'Activation'",
            "$t.Subject -eq $b.Subject",
            "$t.Issuer -eq $a.Subject",
            "$t.Claims.ImportSubject -eq 'time.utc'",
            "$t.Claims.ImportKind -eq 'service'",
            "-not $t.IssuerAccount",
            "($t | Test-NatsJwt)");
    }

    [Fact]
    public void A_signing_key_signs_in_the_name_of_its_account()
    {
        Run("$ak = $a | Add-NatsSigningKey; $t = $ak | New-NatsActivation time.utc -TargetAccount B; $u = $a | New-NatsActivation time.utc "
            + "-TargetAccount B -SigningKey $ak");
        Holds(
            "$t.Issuer -eq $ak.PublicKey",
            "$t.IssuerAccount -eq $a.Subject",
            "$u.Issuer -eq $ak.PublicKey");
        Run("$b | Add-NatsImport time.utc -From $a -Token $t; $removal = $ak | Remove-NatsSigningKey -Confirm:$false -PassThru -WarningVariable "
            + "warned -WarningAction SilentlyContinue");
        Holds("$removal.InvalidImports.Subject -eq 'time.utc'", "\"$warned\" -match 'activation'");
    }

    [Fact]
    public void A_scoped_key_signs_none()
    {
        Run("$r = $a | Add-NatsSigningKey -Role r");
        Refuses("SigningKeyNotAllowed", "$a | New-NatsActivation time.utc -TargetAccount B -SigningKey r");
        Reports("SigningKeyNotAllowed", "$r | New-NatsActivation time.utc -TargetAccount B");
    }

    [Theory]
    [InlineData("open", "", "InvalidClaims")]
    [InlineData("mine.x", "", "InvalidClaims")]
    [InlineData("none", "", "ClaimNotFound")]
    [InlineData("time.utc", "-Expires 2020-01-01", "InvalidTime")]
    [InlineData("time.utc", "-Expires 1d -NotBefore 2d", "InvalidTime")]
    [InlineData("time.utc", "-Expires soon", "InvalidTime")]
    public void What_nobody_needs_or_servers_refuse_is_not_signed(string subject, string parameters, string errorId) =>
        Reports(errorId, $"$a | New-NatsActivation {subject} -TargetAccount B {parameters}");

    [Fact]
    public void One_made_after_a_revocation_of_the_same_second_is_good()
    {
        Run("Get-NatsExport 'time.*' | Add-NatsRevocation -TargetAccount B; $t = $a | New-NatsActivation time.utc -TargetAccount B");
        Holds("$t.IssuedAt -gt (Get-NatsRevocation -Account A).At");
    }

    [Fact]
    public void WhatIf_signs_nothing() => Assert.Empty(Run("$a | New-NatsActivation time.utc -TargetAccount B -WhatIf").Output);
}
