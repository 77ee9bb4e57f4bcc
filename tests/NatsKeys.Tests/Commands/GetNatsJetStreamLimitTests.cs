namespace NatsKeys.Tests.Commands;

public class GetNatsJetStreamLimitTests : ExchangeTest
{
    [Fact]
    public void Each_tier_is_one_object_and_none_is_no_error()
    {
        Assert.Empty(Run("Get-NatsJetStreamLimit -Account A").Output);
        Run("$a | Set-NatsJetStreamLimit R1 -MaxDisk 1kb; $a | Set-NatsJetStreamLimit R3 -MaxDisk 2kb; $b | Set-NatsJetStreamLimit -MaxMemory 3kb");
        Holds(
            "\"$(($a | Get-NatsJetStreamLimit).Tier)\" -eq 'R1 R3'",
            "$null -eq (Get-NatsJetStreamLimit -Account B).Tier",
            "@(Get-NatsJetStreamLimit).Count -eq 3",
            "\"$((Get-NatsJetStreamLimit 1, R3 -Account A, B).Tier)\" -eq 'R1 R3'");
        Reports("ClaimNotFound", "Get-NatsJetStreamLimit R1, R5 -Account A");
        string text = Session.RunText("Get-NatsJetStreamLimit");
        Assert.Contains("MaxMemory", text, StringComparison.Ordinal);
        Assert.Contains("2 KiB", text, StringComparison.Ordinal);
    }
}
