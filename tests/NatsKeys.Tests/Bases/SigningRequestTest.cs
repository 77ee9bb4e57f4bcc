namespace NatsKeys.Tests.Bases;

/// <summary>
/// A test of two machines: the default store has operator O2, whose key it does not have, account A and user U; the key is <c>$key</c>.
/// </summary>
public abstract class SigningRequestTest : ModuleTest
{
    private protected const string Operator = "store/O2/operator.yaml";
    private protected const string Account = "store/O2/accounts/A/account.yaml";
    private protected const string User = "store/O2/accounts/A/users/U.yaml";

    private protected SigningRequestTest() =>
        Run("$key = New-NatsKeyPair Operator; $a = New-NatsOperator O2 -Key $key.PublicKey -SigningKey $key | New-NatsAccount A -SigningKey $key; "
            + "$u = $a | New-NatsUser U");

    /// <summary>Edits a file as a person would.</summary>
    private protected void Append(string file, string lines) => File.AppendAllText(PathOf(file), lines);
}
