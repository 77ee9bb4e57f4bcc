namespace NatsKeys.Tests.Commands;

public class GetNatsImportTests : ExchangeTest
{
    public GetNatsImportTests() =>
        Run("$a | Add-NatsExport 'time.*' Service -Private; $a | Add-NatsExport news.> Stream; $b | Add-NatsImport time.utc -From A; $b | "
            + "Add-NatsImport news.de -From A");

    [Theory]
    [InlineData("Get-NatsImport", 2)]
    [InlineData("$a | Get-NatsImport", 0)]
    [InlineData("Get-NatsImport -Account B -Type Service", 1)]
    [InlineData("Get-NatsImport news*", 1)]
    public void Imports_are_given_by_account_subject_and_type(string script, int count) => Assert.Equal(count, Run(script).Output.Count);

    [Fact]
    public void The_view_tells_of_the_activation_and_subjects_complete()
    {
        Session.Columns = 140;
        Assert.Contains("activation", Session.RunText("Get-NatsImport time.utc"), StringComparison.Ordinal);
        Assert.Equal(["time.utc"], Session.Complete("Get-NatsImport -Subject t"));
    }
}
