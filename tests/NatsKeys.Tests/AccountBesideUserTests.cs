using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>What is named beside -Account and -Operator is looked for there, and refused if it belongs elsewhere.</summary>
public class AccountBesideUserTests : ModuleTest
{
    private const string Nowhere = "-Server nats://127.0.0.1:1 -Timeout 1s";

    public AccountBesideUserTests() => Run(
        """
        $o = New-NatsOperator O2 -SystemAccount SYS
        $a = $o | New-NatsAccount A
        $b = $o | New-NatsAccount B
        $a, $b | ForEach-Object { $_ | New-NatsUser alice | Out-Null }
        $bob = $b | New-NatsUser bob
        $role = $b | Add-NatsSigningKey -Role reader
        $b = Get-NatsAccount B
        $other = New-NatsOperator O3
        """);

    [Fact]
    public void A_user_is_that_of_the_account()
    {
        TerminatingErrorException error = Ends($"Get-NatsConnection {Nowhere} -User alice -Account A -Operator O2");
        Assert.Equal("ServerUnreachable", error.ErrorId);
    }

    [Theory]
    [InlineData("EntityNotFound", "Get-NatsConnection $nowhere -User bob -Account A -Operator O2")]
    [InlineData("EntityAmbiguous", "Get-NatsConnection $nowhere -User $bob -Account A -Operator O2")]
    [InlineData("EntityAmbiguous", "Get-NatsConnection $nowhere -User $bob -Operator O3")]
    [InlineData("EntityAmbiguous", "Get-NatsConnection $nowhere $bob -Account A -Operator O2")]
    [InlineData("EntityAmbiguous", "Get-NatsConnection $nowhere $role -Account A -Operator O2")]
    [InlineData("EntityAmbiguous", "Get-NatsConnection $nowhere -Account $a -Operator O3")]
    [InlineData("EntityAmbiguous", "Get-NatsKeyUsage $bob -Account A -Operator O2")]
    [InlineData("EntityAmbiguous", "Get-NatsKeyUsage $role -Operator O3")]
    [InlineData("EntityAmbiguous", "Get-NatsAccess x -Account $a -Operator O3")]
    [InlineData("EntityAmbiguous", "Set-NatsAccount $a -Operator O3 -AddTag x")]
    [InlineData("EntityAmbiguous", "Remove-NatsAccount $a -Operator O3 -Confirm:$false")]
    [InlineData("EntityAmbiguous", "Get-NatsUser $bob -Account A -Operator O2")]
    [InlineData("EntityAmbiguous", "Get-NatsUser $bob -Account $a")]
    [InlineData("EntityAmbiguous", "Get-NatsAccount $a -Operator O3")]
    public void What_belongs_elsewhere_is_refused(string errorId, string script)
    {
        string[] before = Snapshot();
        Reports(errorId, script.Replace("$nowhere", Nowhere, StringComparison.Ordinal));
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("(Get-NatsUser $bob -Account B -Operator O2).Name -eq 'bob'")]
    [InlineData("(Get-NatsUser $bob -Account 'B*').Name -eq 'bob'")]
    [InlineData("($a | Get-NatsUser).Name -eq 'alice'")]
    [InlineData("(Get-NatsUser -Account $a -Operator 'O*').Name -eq 'alice'")]
    [InlineData("(Get-NatsAccount $a -Operator 'O*').Name -eq 'A'")]
    [InlineData("@(Get-NatsKeyUsage $o -Account A -Operator O2).Count -gt 0")]
    public void What_belongs_there_is_found(string condition) => Holds(condition);
}
