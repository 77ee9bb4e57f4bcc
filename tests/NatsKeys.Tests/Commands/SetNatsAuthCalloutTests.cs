namespace NatsKeys.Tests.Commands;

public class SetNatsAuthCalloutTests : ExchangeTest
{
    public SetNatsAuthCalloutTests() =>
        Run("$u = $a | New-NatsUser U; $v = $a | New-NatsUser V; $w = $b | New-NatsUser W; $x = New-NatsKeyPair Curve");

    [Theory]
    [InlineData("$a | Set-NatsAuthCallout $u, V -AllowedAccount $a, B -EncryptionKey $x")]
    [InlineData("Set-NatsAuthCallout -Account A -AuthUser U, $v.Subject -AllowedAccount A, $b.Subject -EncryptionKey $x.PublicKey")]
    public void Users_and_accounts_come_as_objects_names_or_keys(string script)
    {
        Assert.Empty(Run(script).Output);
        Holds(
            "$c = Get-NatsAuthCallout; ($c.AuthUsers -join ' ') -eq 'U V'",
            "($c.AllowedAccounts -join ' ') -eq 'A B'",
            "$c.EncryptionKey -eq $x.PublicKey",
            "(Get-NatsAccount A).State -eq 'Signed'");
    }

    [Fact]
    public void A_list_that_is_given_replaces_the_other_and_the_rest_stays()
    {
        Run("$a | Set-NatsAuthCallout U -AllowedAccount * -EncryptionKey $x; $a | Set-NatsAuthCallout V; ");
        Holds(
            "$c = Get-NatsAuthCallout; $c.AuthUsers -eq 'V'",
            "$c.AllowedAccounts -eq '*'",
            "$c.EncryptionKey");
        Run("$a | Set-NatsAuthCallout -AllowedAccount @() -RemoveEncryptionKey");
        Holds(
            "$c = Get-NatsAuthCallout; $c.AuthUsers -eq 'V'",
            "-not $c.AllowedAccounts.Count",
            "-not $c.EncryptionKey");
    }

    [Theory]
    [InlineData("-AllowedAccount B", "InvalidClaims")]
    [InlineData("$w", "EntityAmbiguous")]
    [InlineData("nobody", "EntityNotFound")]
    [InlineData("*", "RuleBroken")]
    [InlineData("U -AllowedAccount *, B", "RuleBroken")]
    [InlineData("U -EncryptionKey (New-NatsKeyPair User)", "RuleBroken")]
    [InlineData("U -EncryptionKey $x -RemoveEncryptionKey", "InvalidClaims")]
    public void What_servers_refuse_changes_nothing(string parameters, string errorId)
    {
        string[] before = Snapshot();
        Reports(errorId, $"$a | Set-NatsAuthCallout {parameters}");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void What_was_got_can_be_piped_and_a_name_may_have_its_account()
    {
        Run("$a | Set-NatsAuthCallout A/U; Get-NatsAuthCallout | Set-NatsAuthCallout -AllowedAccount B");
        Holds("$c = Get-NatsAuthCallout; $c.AuthUsers -eq 'U'", "$c.AllowedAccounts -eq 'B'");
    }
}
