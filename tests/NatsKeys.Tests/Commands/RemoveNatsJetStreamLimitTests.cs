namespace NatsKeys.Tests.Commands;

public class RemoveNatsJetStreamLimitTests : ExchangeTest
{
    public RemoveNatsJetStreamLimitTests() =>
        Run("$a | Set-NatsJetStreamLimit R1 -MaxDisk 1; $a | Set-NatsJetStreamLimit R3 -MaxDisk 1; $b | Set-NatsJetStreamLimit -MaxDisk 1");

    [Theory]
    [InlineData("$a | Remove-NatsJetStreamLimit R1", "R3")]
    [InlineData("Get-NatsJetStreamLimit -Account A | Where-Object Tier -eq R3 | Remove-NatsJetStreamLimit", "R1")]
    [InlineData("Remove-NatsJetStreamLimit -Account A", "")]
    [InlineData("Remove-NatsJetStreamLimit R1, 3 -Account A", "")]
    public void The_limits_that_are_meant_are_gone(string script, string left)
    {
        Assert.Empty(Run(script).Output);
        Holds(
            $"\"$((Get-NatsJetStreamLimit -Account A).Tier)\" -eq '{left}'",
            "(Get-NatsAccount A).State -eq 'Signed'",
            "@(Get-NatsJetStreamLimit -Account B).Count -eq 1");
    }

    [Fact]
    public void An_old_object_of_flat_limits_takes_no_tiers_away()
    {
        Run("$old = Get-NatsJetStreamLimit -Account B; $old | Remove-NatsJetStreamLimit; $b | Set-NatsJetStreamLimit R3 -MaxDisk 1");
        string[] before = Snapshot();
        Reports("ClaimNotFound", "$old | Remove-NatsJetStreamLimit");
        Assert.Equal(before, Snapshot());
        Holds("(Get-NatsJetStreamLimit -Account B).Tier -eq 'R3'");
    }

    [Fact]
    public void That_there_is_none_is_an_error_and_WhatIf_changes_nothing()
    {
        Reports("ClaimNotFound", "$a | Remove-NatsJetStreamLimit R5");
        Reports("InvalidLimit", "$a | Remove-NatsJetStreamLimit Rx");
        LeavesFilesAlone("Get-NatsJetStreamLimit | Remove-NatsJetStreamLimit -WhatIf");
    }
}
