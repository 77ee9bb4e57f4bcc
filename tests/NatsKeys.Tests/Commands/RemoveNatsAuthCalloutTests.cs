namespace NatsKeys.Tests.Commands;

public class RemoveNatsAuthCalloutTests : ExchangeTest
{
    [Theory]
    [InlineData("$a | Remove-NatsAuthCallout")]
    [InlineData("Get-NatsAuthCallout | Remove-NatsAuthCallout")]
    [InlineData("Remove-NatsAuthCallout -Account A")]
    [InlineData("Remove-NatsAuthCallout A")]
    public void Nothing_of_it_is_left(string script)
    {
        Run("$a | New-NatsUser U | Out-Null; $a | Set-NatsAuthCallout U -AllowedAccount B -EncryptionKey (New-NatsKeyPair Curve)");
        LeavesFilesAlone($"{script} -WhatIf");
        Assert.Empty(Run(script).Output);
        Holds(
            "@(Get-NatsAuthCallout).Count -eq 0",
            "-not (Get-NatsAccount A).Claims.Authorization.Xkey",
            "(Get-NatsAccount A).State -eq 'Signed'");
        LeavesFilesAlone("$a | Remove-NatsAuthCallout");
    }
}
