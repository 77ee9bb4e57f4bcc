namespace NatsKeys.Tests.Commands;

public class AddNatsSigningKeyTests : ModuleTest
{
    public AddNatsSigningKeyTests() => Run("$o = New-NatsOperator O2; $a = $o | New-NatsAccount A");

    [Fact]
    public void A_new_key_of_an_operator_is_listed_kept_and_given()
    {
        Run("$k = $o | Add-NatsSigningKey");

        Holds(
            "$k.OwnerName -eq 'O2'",
            "$k.OwnerKind -eq 'Operator'",
            "-not $k.IsScoped",
            "$k.KeyPair.HasSeed");
        Holds("(Get-NatsOperator O2).SigningKeys.PublicKey -eq $k.PublicKey");
        Holds("(Get-NatsOperator O2).State -eq 'Signed'");
        Holds("(Get-NatsKeyPair $k.PublicKey).Type -eq 'Operator'");
    }

    [Fact]
    public void A_new_key_of_an_account_is_listed_kept_and_given()
    {
        Run("$k = $a | Add-NatsSigningKey");

        Holds("$k.OwnerName -eq 'A'", "$k.OwnerKind -eq 'Account'");
        Holds("(Get-NatsAccount A).SigningKeys.PublicKey -eq $k.PublicKey");
        Holds("(Get-NatsKeyPair $k.PublicKey).Type -eq 'Account'");
    }

    [Theory]
    [InlineData("$pair")]
    [InlineData("$secret")]
    [InlineData("'" + AccountSeed + "'")]
    [InlineData("'key.nk'")]
    public void Key_takes_a_pair_a_seed_and_a_file_and_keeps_the_seed(string key)
    {
        WriteFile("key.nk", AccountSeed);
        Run($"$pair = Import-NatsKeyPair -Seed {AccountSeed}; $secret = $pair.ToSeed()");

        Holds($"($a | Add-NatsSigningKey -Key {key}).PublicKey -eq '{AccountKey}'");
        Holds($"(Get-NatsKeyPair {AccountKey}).HasSeed");
        Holds($"(Get-NatsAccount A).SigningKeys.PublicKey -eq '{AccountKey}'");
    }

    [Fact]
    public void Of_a_public_key_only_the_public_half_is_recorded()
    {
        Run($"$k = $a | Add-NatsSigningKey {AccountKey}");

        Holds($"(Get-NatsAccount A).SigningKeys.PublicKey -eq '{AccountKey}'");
        Reports("KeyNotFound", $"Get-NatsKeyPair {AccountKey}");
    }

    [Fact]
    public void Owners_are_named_by_text_with_their_operator_and_store()
    {
        Run("New-NatsOperator Other | New-NatsAccount A | Out-Null");

        Run("$k = Add-NatsSigningKey -Account A -Operator Other -Store $storeRoot");
        Holds("$k.Owner.Operator -eq 'Other'");
        Holds("(Add-NatsSigningKey -Account O2/A).Owner.Operator -eq 'O2'");
        Holds("(Add-NatsSigningKey -Operator O2).OwnerKind -eq 'Operator'");
    }

    /// <summary>What a user types first is the account, and a key comes second, or first where the owner is piped or named.</summary>
    [Theory]
    [InlineData("Add-NatsSigningKey A -Role sensor -AllowPublish x", "A sensor")]
    [InlineData("Add-NatsSigningKey O2/A -Role sensor", "A sensor")]
    [InlineData("Add-NatsSigningKey A -Operator O2 -Role sensor", "A sensor")]
    [InlineData("Add-NatsSigningKey $a -Role sensor", "A sensor")]
    [InlineData("Add-NatsSigningKey A " + AccountKey, "A " + AccountKey)]
    [InlineData("Add-NatsSigningKey " + AccountKey + " -Account A", "A " + AccountKey)]
    [InlineData("Add-NatsSigningKey " + OperatorKey + " -Operator O2", "O2 " + OperatorKey)]
    [InlineData("Get-NatsOperator | Add-NatsSigningKey " + OperatorKey, "O2 " + OperatorKey)]
    [InlineData("Get-NatsAccount | Add-NatsSigningKey " + AccountKey, "A " + AccountKey)]
    public void The_first_position_is_the_account_or_the_key_of_a_known_owner(string script, string expected)
    {
        Run($"$k = {script}");
        Holds($"\"$($k.OwnerName) $(if ($k.Role) {{ $k.Role }} else {{ $k.PublicKey }})\" -eq '{expected}'");
    }

    [Theory]
    [InlineData("Add-NatsSigningKey O2", "-Operator")]
    [InlineData("Add-NatsSigningKey " + AccountKey, "-Key")]
    [InlineData("Add-NatsSigningKey " + AccountSeed, "-Key")]
    [InlineData("Add-NatsSigningKey ./mine.nk", "-Key")]
    public void What_is_no_account_says_what_it_is(string script, string parameter)
    {
        string[] before = Snapshot();
        string said = Session.Run(script).Errors.Single().ToString();
        Assert.Contains(parameter, said, StringComparison.Ordinal);
        Assert.DoesNotContain(AccountSeed, said, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void An_account_that_is_named_as_its_operator_is_not_mistaken_for_it()
    {
        Run("New-NatsOperator Same | New-NatsAccount Same | Add-NatsSigningKey | Out-Null");

        Holds("(Get-NatsOperator Same).SigningKeys.Count -eq 0");
        Holds("(Get-NatsAccount Same).SigningKeys.Count -eq 1");
    }

    [Fact]
    public void SigningKey_signs_the_owner()
    {
        Run("$sk = $o | Add-NatsSigningKey; $a | Add-NatsSigningKey -SigningKey $sk | Out-Null");
        Holds("(Get-NatsAccount A).Issuer -eq $sk.PublicKey");
    }

    [Fact]
    public void Two_keys_in_a_row_are_both_listed()
    {
        Run("$a | Add-NatsSigningKey | Out-Null; $a | Add-NatsSigningKey | Out-Null");
        Holds("(Get-NatsAccount A).SigningKeys.Count -eq 2");
    }

    [Fact]
    public void A_key_that_is_listed_or_the_identity_is_an_error()
    {
        Run($"$a | Add-NatsSigningKey {AccountKey} | Out-Null");
        string[] before = Snapshot();

        Assert.Contains(AccountKey, Reports("SigningKeyExists", $"$a | Add-NatsSigningKey {AccountKey}"), StringComparison.Ordinal);
        Reports("SigningKeyExists", "$a | Add-NatsSigningKey $a.Subject");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void A_key_of_the_wrong_type_is_an_error()
    {
        string[] before = Snapshot();

        Reports("IncompatibleKey", $"$a | Add-NatsSigningKey {OperatorKey}");
        Reports("IncompatibleKey", $"$o | Add-NatsSigningKey {AccountSeed}");
        Reports("IncompatibleKey", "$a | Add-NatsSigningKey (New-NatsKeyPair User)");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void One_bad_owner_in_a_pipeline_is_an_error_and_the_rest_goes_on()
    {
        Run("New-NatsOperator Last | Out-Null");

        Assert.Contains("None", Reports("EntityNotFound", "$keys = 'O2', 'None', 'Last' | Add-NatsSigningKey"), StringComparison.Ordinal);

        Holds("\"$($keys.OwnerName)\" -eq 'O2 Last'");
    }

    [Fact]
    public void A_user_has_no_signing_keys()
    {
        Run("$u = $a | New-NatsUser A");
        string[] before = Snapshot();

        Assert.Single(Session.Run("$u | Add-NatsSigningKey").Errors);

        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("$o | Add-NatsSigningKey -WhatIf")]
    [InlineData("$a | Add-NatsSigningKey -Key " + AccountSeed + " -WhatIf")]
    public void WhatIf_changes_nothing(string script) => Assert.Empty(LeavesFilesAlone(script).Output);
}
