namespace NatsKeys.Tests.Commands;

public class GetNatsRevocationTests : ExchangeTest
{
    [Fact]
    public void Users_and_activations_are_given_and_none_is_no_error()
    {
        Assert.Empty(Run("Get-NatsRevocation").Output);
        Run("$a | Add-NatsExport x Service; $a | New-NatsUser U | Add-NatsRevocation -At 2030-01-01; Add-NatsRevocation -Confirm:$false -Export x "
            + "-TargetAccount * -Account A; Add-NatsRevocation -Confirm:$false * -Account B");
        Assert.Equal(3, Run("Get-NatsRevocation").Output.Count);
        Assert.Equal(2, Run("$a | Get-NatsRevocation").Output.Count);
        string list = Session.RunText("Get-NatsRevocation U -Account A | Format-List");
        Assert.Contains("2030-01-01 00:00:00 UTC", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Export", list, StringComparison.Ordinal);
        Assert.Contains("everybody", Session.RunText("Get-NatsRevocation -Account B"), StringComparison.Ordinal);
    }
}
