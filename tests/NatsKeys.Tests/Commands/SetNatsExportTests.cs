namespace NatsKeys.Tests.Commands;

public class SetNatsExportTests : ExchangeTest
{
    public SetNatsExportTests() =>
        Run("$a | Add-NatsExport 'time.*' Service -Private -LatencySubject lat -LatencySampling 5 -Description d; $a | Add-NatsExport x Stream; "
            + "$a | Add-NatsExport x Service");

    [Theory]
    [InlineData("Get-NatsExport 'time.*' | Set-NatsExport -Private:$false")]
    [InlineData("$a | Set-NatsExport 'time.*' -Private:$false")]
    [InlineData("Set-NatsExport -Account A -Operator O2 -Subject 'time.*' -Private:$false")]
    public void What_was_named_changes_and_the_rest_stays(string script)
    {
        Assert.Empty(Run(script).Output);
        Holds(
            "$e = Get-NatsExport 'time.*' -Account A; -not $e.IsPrivate",
            "$e.Claims.Description -eq 'd'",
            "$e.Claims.ServiceLatency.Sampling -eq 5",
            "(Get-NatsAccount A).State -eq 'Signed'");
    }

    [Fact]
    public void Empty_values_take_away()
    {
        Run("Get-NatsExport 'time.*' | Set-NatsExport -LatencySubject '' -Description '' -Name ''");
        Holds(
            "$c = (Get-NatsExport 'time.*' -Account A).Claims; -not $c.ServiceLatency",
            "-not $c.Description",
            "(Get-NatsAccount A).State -eq 'Signed'");
    }

    [Fact]
    public void The_type_says_which_one_where_both_have_the_subject()
    {
        Reports("EntityAmbiguous", "$a | Set-NatsExport x -Description e");
        Run("$a | Set-NatsExport x -Type Service -Description e; Get-NatsExport x -Type Stream | Set-NatsExport -Description f");
        Holds("(Get-NatsExport x -Type Service).Claims.Description -eq 'e'", "(Get-NatsExport x -Type Stream).Claims.Description -eq 'f'");
    }

    [Fact]
    public void An_old_object_changes_the_newest_state_and_one_that_is_gone_is_an_error()
    {
        Run("$old = Get-NatsExport 'time.*'; $old | Set-NatsExport -Advertise; $old | Set-NatsExport -Name n");
        Holds("$c = (Get-NatsExport 'time.*').Claims; $c.Advertise", "$c.Name -eq 'n'");
        Run("$old | Remove-NatsExport");
        Reports("ClaimNotFound", "$old | Set-NatsExport -Name m");
    }

    [Fact]
    public void What_changes_nothing_signs_nothing()
    {
        LeavesFilesAlone("Get-NatsExport 'time.*' | Set-NatsExport -Private -Description d");
        LeavesFilesAlone("Get-NatsExport 'time.*' | Set-NatsExport -Description e -WhatIf");
        Reports("ClaimNotFound", "$a | Set-NatsExport none -Name n");
        Reports("RuleBroken", "$a | Set-NatsExport x -Type Stream -ResponseType Stream");
        Reports("InvalidLimit", "$a | Set-NatsExport 'time.*' -LatencySubject lag -LatencySampling 0");
    }

    [Fact]
    public void Who_needs_an_activation_now_is_said()
    {
        Run("$b | Add-NatsImport x -Type Stream -From A");
        Assert.Contains("account O2/B", Assert.Single(Run("$a | Set-NatsExport x -Type Stream -Private").Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-ResponseThreshold 5s", "$c.ResponseThreshold -eq 5000000000")]
    [InlineData("-ResponseThreshold 00:01:00", "$c.ResponseThreshold -eq 60000000000")]
    [InlineData("-ResponseThreshold ([timespan]::FromSeconds(2))", "$c.ResponseThreshold -eq 2000000000")]
    [InlineData("-ResponseType stream", "$c.ResponseType -ceq 'Stream'")]
    public void Values_mean_what_they_look_like(string parameters, string condition)
    {
        Run($"$a | Set-NatsExport 'time.*' {parameters}");
        Holds($"$c = (Get-NatsExport 'time.*').Claims; {condition}");
    }

    [Theory]
    [InlineData("5")]
    [InlineData("'-00:00:01'")]
    [InlineData("5d12q")]
    [InlineData("2027-01-31")]
    [InlineData("([timespan]::MaxValue)")]
    public void What_is_no_duration_is_refused(string duration) =>
        Reports("InvalidTime", $"$a | Set-NatsExport 'time.*' -ResponseThreshold {duration}");
}
