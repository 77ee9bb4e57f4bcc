namespace NatsKeys.Tests.Commands;

public class AddNatsSubjectMappingTests : ExchangeTest
{
    [Theory]
    [InlineData("$a | Add-NatsSubjectMapping x y")]
    [InlineData("Add-NatsSubjectMapping -Account A -Subject x -To y -Weight 100")]
    public void The_whole_goes_there_without_a_weight(string script)
    {
        Assert.Empty(Run(script).Output);
        Holds(
            "$m = Get-NatsSubjectMapping; $m.Subject -eq 'x'",
            "$m.To -eq 'y'",
            "$m.Weight -eq 100",
            "-not $m.Cluster",
            "(Get-NatsAccount A).State -eq 'Signed'");
    }

    [Fact]
    public void Shares_are_added_and_changed()
    {
        Run("$a | Add-NatsSubjectMapping x y -Weight 60 -PassThru | Add-NatsSubjectMapping x z -Weight 40; $a | Add-NatsSubjectMapping x y "
            + "-Weight 20; $a | Add-NatsSubjectMapping x y");
        Holds("\"$((Get-NatsSubjectMapping | ForEach-Object { \"$($_.To)=$($_.Weight)\" }) -join ' ')\" -eq 'y=20 z=40'");
    }

    [Theory]
    [InlineData("x z -Weight 50", "RuleBroken", "mapping.total")]
    [InlineData("x 'a b'", "RuleBroken", "subject.space")]
    [InlineData("'a.*' 'b.$2'", "RuleBroken", "mapping.reference")]
    [InlineData("'a.*' 'b.{{wildcard(2)}}'", "RuleBroken", "mapping.reference")]
    [InlineData("x y -Cluster c", "ClaimExists", "'y'")]
    public void What_servers_would_pass_over_is_refused(string parameters, string errorId, string said)
    {
        Run("$a | Add-NatsSubjectMapping x y -Weight 60");
        string[] before = Snapshot();
        Assert.Contains(said, Reports(errorId, $"$a | Add-NatsSubjectMapping {parameters}"), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Wildcards_can_be_referred_to()
    {
        Run("$a | Add-NatsSubjectMapping 'a.*.*' 'b.$2.{{wildcard(1)}}'");
        LeavesFilesAlone("$a | Add-NatsSubjectMapping 'a.*.*' 'b.$2.{{wildcard(1)}}'");
        LeavesFilesAlone("$a | Add-NatsSubjectMapping m n -WhatIf");
    }
}
