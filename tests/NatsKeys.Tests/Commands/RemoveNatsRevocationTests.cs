namespace NatsKeys.Tests.Commands;

public class RemoveNatsRevocationTests : ExchangeTest
{
    public RemoveNatsRevocationTests() =>
        Run("$u = $a | New-NatsUser U; $a | Add-NatsExport x Service; $u | Add-NatsRevocation; Add-NatsRevocation -Export x -TargetAccount B "
            + "-Account A");

    [Theory]
    [InlineData("Get-NatsRevocation | Where-Object { -not $_.Export } | Remove-NatsRevocation", "'U'")]
    [InlineData("$u | Remove-NatsRevocation", "$u.Path")]
    [InlineData("Remove-NatsRevocation $u.Subject -Account A", "$u.Subject")]
    public void The_user_is_valid_again_and_that_is_said(string script, string named)
    {
        Assert.Contains(Value(named)!.ToString()!, Assert.Single(Run(script).Warnings), StringComparison.Ordinal);
        Holds("(Get-NatsUser U | Test-NatsJwt)", "(Get-NatsRevocation).Export -eq 'x'");
    }

    [Theory]
    [InlineData("Get-NatsRevocation | Where-Object Export | Remove-NatsRevocation -WarningAction Ignore")]
    [InlineData("Remove-NatsRevocation -Export x -TargetAccount B -Account A -WarningAction Ignore")]
    [InlineData("Get-NatsExport x | Remove-NatsRevocation -TargetAccount $b -WarningAction Ignore")]
    public void The_revocation_of_an_activation_is_taken_back(string script)
    {
        Run(script);
        Holds("(Get-NatsRevocation).PublicKey -eq $u.Subject");
    }

    [Theory]
    [InlineData("Remove-NatsRevocation -Stale -Account A")]
    [InlineData("Get-NatsAccount | Remove-NatsRevocation -Stale")]
    public void What_the_one_for_everybody_covers_is_stale(string script)
    {
        Run("Add-NatsRevocation -Confirm:$false * -Account A -At 2030-01-01");
        Assert.Empty(Run(script).Warnings);
        Holds("$r = Get-NatsRevocation -Account A | Where-Object { -not $_.Export }; $r.PublicKey -eq '*'");
        LeavesFilesAlone(script);
    }

    [Fact]
    public void Nobody_is_said_to_be_valid_whom_the_one_for_everybody_covers()
    {
        Run("Add-NatsRevocation -Confirm:$false * -Account A -At 2030-01-01");
        Assert.Empty(Run("$u | Remove-NatsRevocation").Warnings);
    }

    [Fact]
    public void One_that_is_not_there_is_an_error_and_WhatIf_changes_nothing()
    {
        Run("$v = $a | New-NatsUser V");
        Assert.Contains("revocation of V.", Reports("ClaimNotFound", "$v | Remove-NatsRevocation"), StringComparison.Ordinal);
        Assert.Contains("revocation of A.", Reports(
            "ClaimNotFound", "Remove-NatsRevocation -Export x -Account A -TargetAccount $a.Subject"), StringComparison.Ordinal);
        Reports("EntityAmbiguous", "$u | Remove-NatsRevocation -Account B");
        LeavesFilesAlone("Get-NatsRevocation | Remove-NatsRevocation -WhatIf");
    }
}
