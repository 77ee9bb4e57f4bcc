namespace NatsKeys.Tests.Commands;

public class RenameNatsOperatorTests : ModuleTest
{
    public RenameNatsOperatorTests() => Run("$o = New-NatsOperator O2; $u = $o | New-NatsAccount A | New-NatsUser U; $u | Export-NatsCredential");

    [Theory]
    [InlineData("$n = $o | Rename-NatsOperator -NewName P -PassThru")]
    [InlineData("$n = Rename-NatsOperator O2 P -PassThru")]
    public void What_lies_below_moves_with_it(string script)
    {
        Run(script);
        Holds(
            "$n.Name -eq 'P'",
            "$n.Claims.Name -eq 'P'",
            "$n.Subject -eq $o.Subject",
            "$n.State -eq 'Signed'");
        Holds(
            "\"$((Get-NatsUser).Path)\" -eq 'user P/A/U'",
            "(Get-NatsUser).Jwt -eq $u.Jwt",
            "(Get-NatsUser | Test-NatsJwt)");
        Assert.True(File.Exists(Path.Combine(Session.KeyRoot, "creds/P/A/U.creds")));
        Assert.False(Directory.Exists(PathOf("store/O2")));
    }

    [Fact]
    public void A_name_that_is_taken_or_the_same_changes_nothing()
    {
        Run("New-NatsOperator P | Out-Null");
        string[] before = Snapshot();
        Reports("EntityExists", "Rename-NatsOperator O2 p");
        Reports("InvalidName", "Rename-NatsOperator O2 'a/b'");
        Run("Rename-NatsOperator O2 O2");
        Run("Rename-NatsOperator O2 Q -WhatIf");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void The_new_name_alone_is_typed_where_the_operator_comes_down_the_pipeline()
    {
        Run("Get-NatsOperator O2 | Rename-NatsOperator Q");
        Holds("(Get-NatsOperator).Name -contains 'Q'", "(Get-NatsOperator).Name -notcontains 'O2'");
    }
}
