namespace NatsKeys.Tests.Commands;

public class GetNatsAuthCalloutTests : ExchangeTest
{
    [Fact]
    public void Accounts_without_one_give_none()
    {
        Assert.Empty(Run("Get-NatsAuthCallout").Output);
        Run("$u = $a | New-NatsUser U; $a | Set-NatsAuthCallout $u");
        Holds("(Get-NatsAuthCallout).Account -eq 'A'");
        Assert.Matches(@"\nAuthUsers +: U\r?\n", Session.RunText("Get-NatsAuthCallout -Account A"));
    }
}
