namespace NatsKeys.Tests.Commands;

public class RenameNatsAccountTests : ModuleTest
{
    public RenameNatsAccountTests() =>
        Run("$ok = New-NatsOperator O2 | Add-NatsSigningKey; $a = $ok | New-NatsAccount A -MaxConnections 3; $u = $a | New-NatsUser U; $u | "
            + "Export-NatsCredential");

    [Theory]
    [InlineData("$n = $a | Rename-NatsAccount -NewName C -PassThru")]
    [InlineData("$n = Rename-NatsAccount O2/A C -PassThru")]
    [InlineData("$n = Rename-NatsAccount A C -Operator O2 -PassThru -Store $storeRoot")]
    public void Users_and_credentials_move_with_it(string script)
    {
        Run(script);
        Holds(
            "$n.Name -eq 'C'",
            "$n.Claims.Name -eq 'C'",
            "$n.Limits.Conn -eq 3",
            "$n.Issuer -eq $ok.PublicKey",
            "$n.State -eq 'Signed'");
        Holds("\"$((Get-NatsUser).Path)\" -eq 'user O2/C/U'", "(Get-NatsUser).State -eq 'Signed'");
        Assert.True(File.Exists(Path.Combine(Session.KeyRoot, "creds/O2/C/U.creds")));
        Assert.False(Directory.Exists(PathOf("store/O2/accounts/A")));
    }

    [Fact]
    public void The_case_of_a_name_can_change()
    {
        Run("$a | Rename-NatsAccount -NewName a");
        Holds("(Get-NatsAccount).Name -ceq 'a'", "(Get-NatsUser).State -eq 'Signed'");
    }

    [Fact]
    public void It_works_in_memory()
    {
        Run("$m = New-NatsOperator M -Store (New-NatsStore -InMemory) | New-NatsAccount A; $m | New-NatsUser U | Out-Null; $n = $m | "
            + "Rename-NatsAccount -NewName C -PassThru");
        Holds("\"$((Get-NatsUser -Store $m.Store).Path)\" -eq 'user M/C/U'", "@(Get-NatsAccount -Store $m.Store).Count -eq 1");
    }

    [Fact]
    public void A_wrong_key_or_name_changes_nothing()
    {
        Refuses("SigningKeyNotFound", "$a | Rename-NatsAccount -NewName C -SigningKey nobody");
        string[] before = Snapshot();
        Reports("InvalidName", "$a | Rename-NatsAccount -NewName '../C'");
        Reports("EntityNotFound", "Rename-NatsAccount nobody C");
        Run("$a | Rename-NatsAccount -NewName C -WhatIf");
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("$a | Rename-NatsAccount C")]
    [InlineData("'O2/A' | Rename-NatsAccount C -Operator O2")]
    [InlineData("Rename-NatsAccount A C")]
    [InlineData("Rename-NatsAccount -NewName C A")]
    [InlineData("Rename-NatsAccount -Name A C")]
    public void What_does_not_come_down_the_pipeline_is_typed_first(string script)
    {
        Run(script);
        Holds("(Get-NatsAccount).Name -eq 'C'");
    }
}
