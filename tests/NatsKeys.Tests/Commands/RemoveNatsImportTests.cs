namespace NatsKeys.Tests.Commands;

public class RemoveNatsImportTests : ExchangeTest
{
    public RemoveNatsImportTests() =>
        Run("$a | Add-NatsExport news.> Stream; $b | Add-NatsImport news.de -From A; $b | Add-NatsImport news.fr -From A");

    [Theory]
    [InlineData("Get-NatsImport news.de | Remove-NatsImport")]
    [InlineData("$b | Remove-NatsImport news.de")]
    [InlineData("Remove-NatsImport news.de -Account O2/B -From $a -Type Stream")]
    public void It_is_gone_and_the_rest_stays(string script)
    {
        Assert.Empty(Run(script).Output);
        Holds(
            "(Get-NatsImport).Subject -eq 'news.fr'",
            "(Get-NatsAccount B).State -eq 'Signed'",
            "(Get-NatsAccount B).Issuer -eq $ok.PublicKey");
    }

    [Fact]
    public void Several_are_removed_and_one_that_is_missing_stops_none()
    {
        Reports("ClaimNotFound", "Remove-NatsImport nothing, news.de, news.fr -Account B");
        Holds("@(Get-NatsImport).Count -eq 0");
    }

    [Fact]
    public void One_that_is_not_there_is_an_error_and_WhatIf_changes_nothing()
    {
        Reports("ClaimNotFound", "$b | Remove-NatsImport nothing");
        LeavesFilesAlone("Get-NatsImport | Remove-NatsImport -WhatIf");
        Assert.Equal(["news.de", "news.fr"], Session.Complete("Remove-NatsImport -Account B -Subject n"));
    }
}
