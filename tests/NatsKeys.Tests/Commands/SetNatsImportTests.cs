namespace NatsKeys.Tests.Commands;

public class SetNatsImportTests : ExchangeTest
{
    public SetNatsImportTests() =>
        Run("$a | Add-NatsExport 'time.*' Service -Private; $a | Add-NatsExport news.> Stream; $a | Add-NatsExport pair.> Service; $b | "
            + "Add-NatsImport time.utc -From A; $b | Add-NatsImport news.de -From A; $b | Add-NatsImport pair.x -From A; $b | Add-NatsImport "
                + "pair.x -From A -LocalSubject two");

    [Theory]
    [InlineData("Get-NatsImport time.utc | Set-NatsImport -LocalSubject now")]
    [InlineData("$b | Set-NatsImport time.utc -LocalSubject now")]
    [InlineData("Set-NatsImport time.utc -Account B -From A -Type Service -LocalSubject now")]
    public void What_was_named_changes_and_the_rest_stays(string script)
    {
        Assert.Empty(Run(script).Output);
        Holds(
            "$i = Get-NatsImport time.utc; $i.LocalSubject -eq 'now'",
            "$i.Activation.Subject -eq $b.Subject",
            "(Get-NatsAccount B).State -eq 'Signed'");
    }

    [Fact]
    public void An_activation_is_replaced()
    {
        Run("$token = $a | New-NatsActivation time.utc -TargetAccount B -Expires 30d; Get-NatsImport time.utc | Set-NatsImport -Token $token");
        Holds("(Get-NatsImport time.utc).Activation.Expires -eq $token.Expires");
        Assert.Contains("import.token-kind", Reports("RuleBroken", "Get-NatsImport news.de | Set-NatsImport -Token $token"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_two_is_meant_by_its_object()
    {
        Reports("EntityAmbiguous", "$b | Set-NatsImport pair.x -Name n");
        Run("Get-NatsImport pair.x | Where-Object LocalSubject -eq two | Set-NatsImport -Name n");
        Holds("(Get-NatsImport pair.x | Where-Object Name -eq n).LocalSubject -eq 'two'");
    }

    [Fact]
    public void What_changes_nothing_signs_nothing()
    {
        LeavesFilesAlone("Get-NatsImport time.utc | Set-NatsImport -LocalSubject ''");
        LeavesFilesAlone("Get-NatsImport time.utc | Set-NatsImport -Name n -WhatIf");
        Reports("ClaimNotFound", "$b | Set-NatsImport none -Name n");
    }

    [Fact]
    public void Two_imports_do_not_become_the_same()
    {
        string[] before = Snapshot();
        Reports("ClaimExists", "Get-NatsImport pair.x | Where-Object LocalSubject -eq two | Set-NatsImport -LocalSubject ''");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void An_activation_is_taken_away()
    {
        Run("Get-NatsImport time.utc | Set-NatsImport -Token ''");
        Holds("-not (Get-NatsImport time.utc).Claims.Token");
    }
}
