namespace NatsKeys.Tests.Bases;

/// <summary>A test of what accounts offer to each other: operator O2 with the accounts A, which exports, and B, which imports.</summary>
public abstract class ExchangeTest : ModuleTest
{
    private protected ExchangeTest() =>
        Run("$ok = New-NatsOperator O2 | Add-NatsSigningKey; $a = $ok | New-NatsAccount A; $b = $ok | New-NatsAccount B");
}
