namespace NatsKeys.Tests.Commands;

public class SetNatsJetStreamLimitTests : ExchangeTest
{
    [Theory]
    [InlineData("$a | Set-NatsJetStreamLimit -MaxDisk 1GiB -MaxStreams 5", "'' 1073741824 0 5 -1")]
    [InlineData("Set-NatsJetStreamLimit R3 -Account A -MaxDisk 1GiB", "R3 1073741824 0 -1 -1")]
    [InlineData("$a | Set-NatsJetStreamLimit -Tier 1 -MaxMemory 1kb -MaxConsumers 2", "R1 0 1024 -1 2")]
    [InlineData("$a | Set-NatsJetStreamLimit -Enable", "'' -1 -1 -1 -1")]
    public void New_limits_leave_counts_free(string script, string expected)
    {
        Assert.Empty(Run(script).Output);
        Holds(
            $"$l = Get-NatsJetStreamLimit; \"$(if ($l.Tier) {{ $l.Tier }} else {{ \"''\" }}) $($l.Limits.DiskStorage) $($l.Limits.MemStorage) "
                + $"$($l.Limits.Streams) $($l.Limits.Consumer)\" -eq \"{expected}\"",
            "(Get-NatsAccount A).State -eq 'Signed'");
    }

    [Fact]
    public void What_was_named_changes_and_the_rest_stays()
    {
        Run("$a | Set-NatsJetStreamLimit R3 -MaxDisk 1GiB -MaxStreams 5; Get-NatsJetStreamLimit | Set-NatsJetStreamLimit -MaxConsumers 7 "
            + "-MaxBytesRequired; $a | Set-NatsJetStreamLimit R3 -Enable");
        Holds(
            "$l = (Get-NatsJetStreamLimit).Limits; $l.DiskStorage -eq 1GB",
            "$l.Streams -eq 5",
            "$l.Consumer -eq 7",
            "$l.MaxBytesRequired",
            "$l.MemStorage -eq 0");
        Run("$a | Set-NatsJetStreamLimit R3 -MaxBytesRequired:$false");
        Holds("-not (Get-NatsJetStreamLimit).Limits.MaxBytesRequired");
    }

    [Theory]
    [InlineData("-MaxStreams 5", "InvalidLimit")]
    [InlineData("-MaxDisk 5xb", "InvalidLimit")]
    [InlineData("-MaxDisk -5", "InvalidLimit")]
    [InlineData("-MaxDisk 1 -Tier gold", "InvalidLimit")]
    [InlineData("-MaxDisk 1 -Tier R0", "InvalidLimit")]
    public void What_makes_no_sense_changes_nothing(string parameters, string errorId)
    {
        string[] before = Snapshot();
        Reports(errorId, $"$a | Set-NatsJetStreamLimit {parameters}");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Flat_limits_and_tiers_exclude_each_other()
    {
        Run("$a | Set-NatsJetStreamLimit -MaxDisk 1");
        Reports("RuleBroken", "$a | Set-NatsJetStreamLimit R3 -MaxDisk 1");
        Run("$b | Set-NatsJetStreamLimit R3 -MaxDisk 1");
        Reports("RuleBroken", "$b | Set-NatsJetStreamLimit -MaxDisk 1");
    }

    [Fact]
    public void Tiers_complete_and_WhatIf_changes_nothing()
    {
        Assert.Equal(["R1", "R3", "R5"], Session.Complete("Set-NatsJetStreamLimit -Account A -Tier "));
        LeavesFilesAlone("$a | Set-NatsJetStreamLimit -Enable -WhatIf");
    }
}
