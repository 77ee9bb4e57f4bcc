namespace NatsKeys.Tests.Commands;

public class AddNatsRevocationTests : ExchangeTest
{
    public AddNatsRevocationTests() => Run("$u = $a | New-NatsUser U; $v = $a | New-NatsUser V; $a | Add-NatsExport 'x' Service -Private");

    [Theory]
    [InlineData("$u | Add-NatsRevocation")]
    [InlineData("Add-NatsRevocation U -Account A")]
    [InlineData("Add-NatsRevocation U")]
    [InlineData("Add-NatsRevocation A/U")]
    [InlineData("Add-NatsRevocation O2/A/U")]
    [InlineData("Add-NatsRevocation $u.Subject -Account A -Operator O2")]
    public void The_user_is_refused_from_now_on_and_others_are_not(string script)
    {
        Assert.Empty(Run(script).Output);
        Holds(
            "$r = Get-NatsRevocation; $r.PublicKey -eq $u.Subject",
            "-not $r.Export",
            "$r.At -ge $u.IssuedAt",
            "-not (Get-NatsUser U | Test-NatsJwt)",
            "(Get-NatsUser V | Test-NatsJwt)");
    }

    [Theory]
    [InlineData("$u | Add-NatsRevocation -WhatIf", "Revoke user O2/A/U up to")]
    [InlineData("Add-NatsRevocation U -Account A -WhatIf", "Revoke user U up to")]
    [InlineData("Add-NatsRevocation '*' -Account A -WhatIf", "Revoke all users up to")]
    public void WhatIf_names_the_user_once(string script, string words) =>
        Assert.Contains(words, Session.RunText(script).ReplaceLineEndings(""), StringComparison.Ordinal);

    [Theory]
    [InlineData("Add-NatsRevocation U, V")]
    [InlineData("Add-NatsRevocation A/U, $v")]
    [InlineData("Add-NatsRevocation U, nobody, V -Account A -ErrorAction Ignore")]
    public void Several_users_are_refused_and_revoked_no_more(string script)
    {
        Run(script);
        Holds("-not (Get-NatsUser U | Test-NatsJwt)", "-not (Get-NatsUser V | Test-NatsJwt)", "@(Get-NatsRevocation U, V).Count -eq 2");
        Run("Remove-NatsRevocation U, V -Account A -WarningAction Ignore");
        Holds("@(Get-NatsRevocation).Count -eq 0", "(Get-NatsUser V | Test-NatsJwt)");
    }

    [Fact]
    public void Everybody_is_refused_until_signed_again()
    {
        Run("Add-NatsRevocation -Confirm:$false '*' -Account A");
        Holds("-not (Get-NatsUser U | Test-NatsJwt)", "-not (Get-NatsUser V | Test-NatsJwt)");
        Run("$u | Set-NatsUser -AddTag x; $w = $a | New-NatsUser W");
        Holds(
            "(Get-NatsUser U | Test-NatsJwt)",
            "($w | Test-NatsJwt)",
            "-not (Get-NatsUser V | Test-NatsJwt)");
    }

    [Theory]
    [InlineData("Get-NatsExport x | Add-NatsRevocation -TargetAccount $b", "$b.Subject")]
    [InlineData("Add-NatsRevocation -Export x -TargetAccount B -Account A", "$b.Subject")]
    [InlineData("Add-NatsRevocation -Confirm:$false -Export x -TargetAccount * -Account A", "'*'")]
    public void Activations_of_an_export_are_revoked(string script, string key)
    {
        Assert.Empty(Run(script).Output);
        Holds($"$r = Get-NatsRevocation -Account A; $r.PublicKey -eq {key}", "$r.Export -eq 'x'");
    }

    [Fact]
    public void One_that_stands_is_never_moved_to_an_earlier_time()
    {
        Run("$u | Add-NatsRevocation -At 2030-01-01");
        LeavesFilesAlone("$u | Add-NatsRevocation -At 2029-01-01");
        Holds("(Get-NatsRevocation).At.Year -eq 2030");
    }

    [Fact]
    public void A_user_that_was_signed_twice_in_a_second_is_covered()
    {
        Run("$u | Set-NatsUser -AddTag x; $n = $u | Set-NatsUser -AddTag y -PassThru; $n | Add-NatsRevocation");
        Holds("(Get-NatsRevocation).At -ge $n.IssuedAt", "-not (Get-NatsUser U | Test-NatsJwt)");
    }

    [Theory]
    [InlineData("$u | Add-NatsRevocation -Account B", "EntityAmbiguous")]
    [InlineData("$u | Add-NatsRevocation -At Never", "InvalidTime")]
    [InlineData("$u | Add-NatsRevocation -At soon", "InvalidTime")]
    [InlineData("Add-NatsRevocation nobody -Account A", "EntityNotFound")]
    [InlineData("Add-NatsRevocation -Export none -TargetAccount B -Account A", "ClaimNotFound")]
    public void What_makes_no_sense_changes_nothing(string script, string errorId)
    {
        string[] before = Snapshot();
        Reports(errorId, script);
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("Add-NatsRevocation -Confirm:$false * -Account A")]
    [InlineData("Add-NatsRevocation $u.Subject -Account A")]
    [InlineData("Add-NatsRevocation A/U -Account A")]
    public void So_is_it_by_key_name_and_among_everybody(string script)
    {
        Run($"$u | Set-NatsUser -AddTag x; $n = $u | Set-NatsUser -AddTag y -PassThru; {script}");
        Holds("-not (Get-NatsUser U | Test-NatsJwt)");
    }
}
