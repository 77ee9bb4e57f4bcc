using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class GetNatsExportTests : ExchangeTest
{
    public GetNatsExportTests() =>
        Run("$a | Add-NatsExport 'time.*' Service -Private; $a | Add-NatsExport news.de Stream; $b | Add-NatsExport news.fr Stream");

    [Theory]
    [InlineData("Get-NatsExport", 3)]
    [InlineData("Get-NatsExport -Account A", 2)]
    [InlineData("$a, $b | Get-NatsExport", 3)]
    [InlineData("Get-NatsExport news.*", 2)]
    [InlineData("Get-NatsExport news.de, news.fr", 2)]
    [InlineData("Get-NatsExport news.de, n*", 2)]
    [InlineData("Get-NatsExport -Account A, B", 3)]
    [InlineData("Get-NatsExport news.fr -Account A, B", 1)]
    [InlineData("Get-NatsExport 'time.*'", 1)]
    [InlineData("Get-NatsExport -Type Service -Operator O2", 1)]
    [InlineData("Get-NatsExport nothing*", 0)]
    public void Exports_are_given_by_account_subject_and_type(string script, int count) => Assert.Equal(count, Run(script).Output.Count);

    [Fact]
    public void Each_that_is_missing_is_an_error_and_the_others_are_given()
    {
        RunResult result = Session.Run("Get-NatsExport news.de, news.dee, nothing");
        Assert.Equal(["ClaimNotFound", "ClaimNotFound"], result.ErrorIds);
        Assert.Single(result.Output);
        Holds("Get-NatsExport news.ed -ErrorVariable e -ErrorAction SilentlyContinue; \"$e\" -like \"*'news.de'*\"");
    }

    [Fact]
    public void An_account_that_is_not_there_is_an_error() => Reports("EntityNotFound", "Get-NatsExport -Account nobody");

    [Fact]
    public void The_view_is_a_table()
    {
        string text = Session.RunText("Get-NatsExport -Account A");
        Assert.Contains("private", text, StringComparison.Ordinal);
        Assert.Contains("time.*", text, StringComparison.Ordinal);
    }
}
