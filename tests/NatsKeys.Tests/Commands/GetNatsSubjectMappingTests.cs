namespace NatsKeys.Tests.Commands;

public class GetNatsSubjectMappingTests : ExchangeTest
{
    public GetNatsSubjectMappingTests() =>
        Run("$a | Add-NatsSubjectMapping x y -Weight 50; $a | Add-NatsSubjectMapping x z -Cluster c; $b | Add-NatsSubjectMapping m n");

    [Theory]
    [InlineData("Get-NatsSubjectMapping", 3)]
    [InlineData("$a | Get-NatsSubjectMapping", 2)]
    [InlineData("Get-NatsSubjectMapping m", 1)]
    [InlineData("Get-NatsSubjectMapping -Account B x*", 0)]
    public void Each_target_is_one_object(string script, int count) => Assert.Equal(count, Run(script).Output.Count);

    [Fact]
    public void The_view_shows_shares_and_subjects_complete()
    {
        Assert.Contains("50%", Session.RunText("Get-NatsSubjectMapping x"), StringComparison.Ordinal);
        Assert.Equal(["m"], Session.Complete("Get-NatsSubjectMapping -Account B -Subject "));
    }
}
