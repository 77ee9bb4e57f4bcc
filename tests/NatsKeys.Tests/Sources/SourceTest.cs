namespace NatsKeys.Tests.Sources;

/// <summary>A test with an operator and an account of which the key root has no keys, and with a vault.</summary>
public abstract class SourceTest : ModuleTest, IDisposable
{
    private protected SourceTest() => Run(
        """
        Import-Module $vaultModule
        $op = New-NatsKeyPair Operator
        $ap = New-NatsKeyPair Account
        $other = New-NatsKeyPair Operator
        $o = New-NatsOperator O -Key $op.PublicKey -SigningKey $op
        $a = $o | New-NatsAccount A -Key $ap.PublicKey -SigningKey $op
        """,
        ("vaultModule", KeyPlaces.VaultModule));

    private protected KeyVariables Variables { get; } = new();

    /// <inheritdoc cref="ModuleTest.Dispose"/>
    public new void Dispose()
    {
        Variables.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A variable that holds the seed of a pair.</summary>
    private protected string VariableOf(string pair) => Variables.Add((string)Value($"{pair} | Export-NatsKeyPair -AsPlainText")!);

    /// <summary>A variable that has the seed of a pair for the program that signs.</summary>
    private protected string CodedVariableOf(string pair) => Variables.AddCoded((string)Value($"{pair} | Export-NatsKeyPair -AsPlainText")!);

    private protected void Register(string place, string pair) => KeyPlaces.Register(Session, Variables, place, pair);
}
