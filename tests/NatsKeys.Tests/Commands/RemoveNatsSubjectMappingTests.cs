namespace NatsKeys.Tests.Commands;

public class RemoveNatsSubjectMappingTests : ExchangeTest
{
    public RemoveNatsSubjectMappingTests() =>
        Run("$a | Add-NatsSubjectMapping x y -Weight 50; $a | Add-NatsSubjectMapping x z -Cluster c; $a | Add-NatsSubjectMapping m n");

    [Theory]
    [InlineData("$a | Remove-NatsSubjectMapping x", "n")]
    [InlineData("$a | Remove-NatsSubjectMapping x y", "n z")]
    [InlineData("$a | Remove-NatsSubjectMapping x, m", "")]
    [InlineData("$a | Remove-NatsSubjectMapping x -Cluster c", "n y")]
    [InlineData("$a | Remove-NatsSubjectMapping x -Cluster ''", "n z")]
    [InlineData("Get-NatsSubjectMapping x | Remove-NatsSubjectMapping", "n")]
    [InlineData("Get-NatsSubjectMapping | Where-Object To -eq n | Remove-NatsSubjectMapping", "y z")]
    public void The_targets_that_are_meant_are_gone(string script, string left)
    {
        Assert.Empty(Run(script).Output);
        Holds($"((Get-NatsSubjectMapping).To -join ' ') -eq '{left}'", "(Get-NatsAccount A).State -eq 'Signed'");
    }

    [Fact]
    public void What_is_not_there_is_an_error_and_WhatIf_changes_nothing()
    {
        Reports("ClaimNotFound", "$a | Remove-NatsSubjectMapping none");
        Reports("ClaimNotFound", "$a | Remove-NatsSubjectMapping x none");
        LeavesFilesAlone("$a | Remove-NatsSubjectMapping x -WhatIf");
    }
}
