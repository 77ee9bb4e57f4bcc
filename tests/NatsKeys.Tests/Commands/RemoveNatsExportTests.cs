using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class RemoveNatsExportTests : ExchangeTest
{
    public RemoveNatsExportTests() => Run("$a | Add-NatsExport news.> Stream; $a | Add-NatsExport x Stream; $b | Add-NatsImport news.de -From A");

    [Theory]
    [InlineData("Get-NatsExport x | Remove-NatsExport")]
    [InlineData("$a | Remove-NatsExport x -Type Stream")]
    [InlineData("Remove-NatsExport x -Account A")]
    public void It_is_gone_and_the_rest_stays(string script)
    {
        RunResult result = Run(script);
        Assert.Empty(result.Warnings);
        Holds("(Get-NatsExport).Subject -eq 'news.>'", "(Get-NatsAccount A).State -eq 'Signed'");
    }

    [Fact]
    public void Who_imports_it_is_named() =>
        Assert.Contains("account O2/B", Assert.Single(Run("Get-NatsExport news.> | Remove-NatsExport").Warnings), StringComparison.Ordinal);

    [Fact]
    public void All_of_an_account_are_removed_while_they_are_listed()
    {
        Run("Get-NatsExport -Account A | Remove-NatsExport -WarningAction Ignore");
        Holds("@(Get-NatsExport).Count -eq 0");
    }

    [Fact]
    public void Several_are_removed_and_one_that_is_missing_stops_none()
    {
        Reports("ClaimNotFound", "Remove-NatsExport nothing, x, news.> -Account A -WarningAction Ignore");
        Holds("@(Get-NatsExport).Count -eq 0");
    }

    [Fact]
    public void One_that_is_not_there_is_an_error_and_WhatIf_changes_nothing()
    {
        Reports("ClaimNotFound", "$a | Remove-NatsExport nothing");
        LeavesFilesAlone("Get-NatsExport | Remove-NatsExport -WhatIf");
    }
}
