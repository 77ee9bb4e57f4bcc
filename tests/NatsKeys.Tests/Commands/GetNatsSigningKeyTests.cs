namespace NatsKeys.Tests.Commands;

public class GetNatsSigningKeyTests : ModuleTest
{
    public GetNatsSigningKeyTests() => Run(
        """
        $ok = New-NatsOperator O2 | Add-NatsSigningKey
        $a = $ok | New-NatsAccount A
        $k1 = $a | Add-NatsSigningKey
        $k2 = $a | Add-NatsSigningKey
        """);

    [Theory]
    [InlineData("Get-NatsSigningKey -Operator O2")]
    [InlineData("Get-NatsOperator | Get-NatsSigningKey")]
    [InlineData("'O2' | Get-NatsSigningKey")]
    public void Keys_of_an_operator_are_given(string script)
    {
        Run($"$found = @({script})");
        Holds(
            "$found.Count -eq 1",
            "$found[0].PublicKey -eq $ok.PublicKey",
            "$found[0].OwnerName -eq 'O2'");
    }

    [Theory]
    [InlineData("Get-NatsSigningKey -Account A")]
    [InlineData("Get-NatsSigningKey -Account A -Operator O2 -Store $storeRoot")]
    [InlineData("$a | Get-NatsSigningKey")]
    public void Keys_of_an_account_are_given(string script)
    {
        Run($"$found = @({script})");
        Holds(
            "$found.Count -eq 2",
            "$found.PublicKey -contains $k1.PublicKey",
            "$found.PublicKey -contains $k2.PublicKey");
    }

    [Fact]
    public void Key_is_a_public_key_or_a_wildcard()
    {
        Holds("(Get-NatsSigningKey $k2.PublicKey -Account A).PublicKey -eq $k2.PublicKey");
        Holds("@(Get-NatsSigningKey ($k1.PublicKey.Substring(0, 12) + '*') -Account A).PublicKey -eq $k1.PublicKey");
        Holds("@(Get-NatsSigningKey U* -Account A).Count -eq 0");
    }

    [Fact]
    public void A_key_that_is_not_there_is_an_error_that_names_it() =>
        Assert.Contains(AccountKey, Reports("KeyNotFound", $"Get-NatsSigningKey {AccountKey} -Account A"), StringComparison.Ordinal);

    [Fact]
    public void One_bad_owner_in_a_pipeline_is_an_error_and_the_rest_goes_on()
    {
        Run("New-NatsOperator Last | Add-NatsSigningKey | Out-Null");
        Reports("KeyNotFound", "$found = 'O2', 'None', 'Last' | Get-NatsSigningKey");
        Holds("\"$($found.OwnerName)\" -eq 'O2 Last'");
    }

    [Fact]
    public void Without_an_owner_the_keys_of_all_are_given()
    {
        Run("$other = New-NatsOperator Other | Add-NatsSigningKey; $all = @(Get-NatsSigningKey)");
        Holds(
            "$other.PublicKey -in $all.PublicKey",
            "$ok.PublicKey -in $all.PublicKey",
            "$k2.PublicKey -in $all.PublicKey");
    }

    [Theory]
    [InlineData("store/Bad/operator.yaml", "$ok.PublicKey, $k1.PublicKey, $k2.PublicKey")]
    [InlineData("store/O2/accounts/A/account.yaml", "$bad.PublicKey, $ok.PublicKey")]
    public void An_owner_that_cannot_be_read_is_an_error_that_names_it_and_the_keys_of_others_are_given(string file, string expected)
    {
        Run("$bad = New-NatsOperator Bad | Add-NatsSigningKey");
        File.AppendAllText(PathOf(file), "broken: [\n");

        Assert.Contains(PathOf(file), Reports("InvalidYaml", "$found = Get-NatsSigningKey"), StringComparison.Ordinal);

        Holds($"$found.Count -eq ({expected}).Count", $"-not ({expected} | Where-Object {{ $found.PublicKey -cnotcontains $_ }})");
    }
}
