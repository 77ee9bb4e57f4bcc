namespace NatsKeys.Tests.Sources;

/// <summary>Which source is asked, when, and what becomes of one that fails.</summary>
public sealed class SourceOrderTests : SourceTest
{
    private const string Fails = "Register-NatsKeySource -Signer { throw 'closed' } -PublicKey $op.PublicKey -Name broken";

    [Fact]
    public void The_key_root_comes_before_every_source()
    {
        Run($"{Fails}; Import-NatsKeyPair -Seed $op.ToSeed() -Store (Get-NatsStore) | Out-Null; $o | New-NatsAccount B | Out-Null");
        Holds("(Get-NatsAccount B).Issuer -eq $op.PublicKey");
    }

    [Fact]
    public void Sources_are_asked_in_the_order_in_which_they_were_registered()
    {
        Register(KeyPlaces.Variable, "$op");
        Run($"{Fails}; $o | New-NatsAccount B | Out-Null");

        Run($"Unregister-NatsKeySource NATSKEYS_TEST_*");
        Register(KeyPlaces.Variable, "$op");
        string message = Reports("ExternalSigner", "$o | New-NatsAccount C");
        Assert.Contains("'broken'", message, StringComparison.Ordinal);
        Assert.Contains("closed", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_replaces_another_takes_its_place()
    {
        Run(Fails);
        Register(KeyPlaces.Variable, "$op");
        Run($"Register-NatsKeySource {VariableOf("$op")} -Name BROKEN -Force");
        Run("$o | New-NatsAccount B | Out-Null");
        Holds("(Get-NatsKeySource).Name[1] -eq 'BROKEN'");
    }

    [Theory]
    [InlineData("Lock-TestVault")]
    [InlineData("Remove-Module TestVault")]
    [InlineData("Register-NatsKeySource -Vault nowhere -Name v -Force")]
    public void A_vault_that_cannot_be_asked_is_told_and_nothing_is_signed(string breaks)
    {
        Register(KeyPlaces.Vault, "$op");
        Run(breaks);

        string message = Reports("KeySourceFailed", "$o | New-NatsAccount B");
        Assert.Contains("'v'", message, StringComparison.Ordinal);
        string named = Refuses("KeySourceFailed", "$o | New-NatsAccount B -SigningKey $op.PublicKey");
        Assert.Contains("'v'", named, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_vault_says_is_told()
    {
        Register(KeyPlaces.Vault, "$op");
        Run("Lock-TestVault");
        Assert.Contains("The vault is locked.", Reports("KeySourceFailed", "$o | New-NatsAccount B"), StringComparison.Ordinal);
        Run("Remove-Module TestVault");
        Assert.Contains("Get-Secret", Reports("KeySourceFailed", "$o | New-NatsAccount B"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_vault_that_cannot_be_asked_is_passed_over_where_another_source_has_the_key()
    {
        Register(KeyPlaces.Vault, "$op");
        Run("Lock-TestVault");
        Register(KeyPlaces.Signer, "$op");
        Run("$o | New-NatsAccount B | Out-Null");
    }

    [Fact]
    public void No_other_key_takes_the_place_of_one_that_a_locked_vault_may_have()
    {
        Run("$sk = New-NatsKeyPair Operator; $o | Add-NatsSigningKey -Key $sk.PublicKey -SigningKey $op | Out-Null; $op | Export-NatsKeyPair "
            + "./op.nk; Import-NatsKeyPair ./op.nk -Store (Get-NatsStore) | Out-Null");
        Register(KeyPlaces.Vault, "$sk");
        Run("Lock-TestVault");
        string[] before = Snapshot();
        Reports("KeySourceFailed", "$o | New-NatsAccount C");
        Assert.Equal(before, Snapshot());
        Run("Unlock-TestVault; $o | New-NatsAccount C | Out-Null");
        Holds("(Get-NatsAccount C).Issuer -eq $sk.PublicKey");
    }

    [Theory]
    [InlineData("$ErrorActionPreference = 'Stop'")]
    [InlineData("$ErrorActionPreference = 'SilentlyContinue'")]
    [InlineData("$ErrorActionPreference = 'Ignore'")]
    public void Preferences_of_the_session_hide_no_failure_of_a_vault(string preference)
    {
        Register(KeyPlaces.Vault, "$op");
        Run("Lock-TestVault");
        Holds($"{preference}; try {{ $o | New-NatsAccount B -ErrorAction Stop; $false }} catch {{ $_.FullyQualifiedErrorId -like "
            + $"'KeySourceFailed,*' }}");
        Run("$ErrorActionPreference = 'Continue'; Unlock-TestVault");
        Holds($"{preference}; ($o | New-NatsAccount B).Issuer -eq $op.PublicKey");
    }

    [Fact]
    public void A_secret_that_a_vault_has_not_is_no_error_of_the_session()
    {
        Register(KeyPlaces.Vault, "$ap");
        Register(KeyPlaces.Signer, "$op");
        Run("$Error.Clear(); $o | New-NatsAccount B | Out-Null");
        Holds("$Error.Count -eq 0", "(Get-AskedSecret) -contains \"nats-$($op.PublicKey)\"");
    }

    [Fact]
    public void A_vault_is_asked_once_for_each_key_of_a_pipeline()
    {
        Register(KeyPlaces.Vault, "$ap");
        Run("1..20 | ForEach-Object { [pscustomobject]@{ Name = \"u$_\"; Account = 'A' } } | New-NatsUser | Out-Null");
        Holds("@(Get-AskedSecret).Count -eq 1");
    }

    [Fact]
    public void Removed_users_are_revoked_with_one_key_that_is_asked_for_once()
    {
        Register(KeyPlaces.Vault, "$op");
        Run("1..5 | ForEach-Object { New-NatsUser \"u$_\" -Account A -SigningKey $ap } | Remove-NatsUser -Confirm:$false -WarningAction Ignore");
        Assert.Single(Run("Get-AskedSecret").Output);
        Assert.Equal(5, Run("Get-NatsRevocation -Account A").Output.Count);
    }

    [Fact]
    public void What_was_not_found_tells_every_source_that_was_asked()
    {
        Register(KeyPlaces.Vault, "$ap");
        Register(KeyPlaces.Signer, "$ap");
        string variable = Variables.Add(null);
        Run($"Register-NatsKeySource {variable}");
        foreach (string message in new[] { Reports("SigningKeyNotFound", "$o | New-NatsAccount B"),
            Refuses("SigningKeyNotFound", "$o | New-NatsAccount B -SigningKey $op.PublicKey") })
        {
            Assert.All([Session.KeyRoot, "'v'", "'nats-{0}'", "(script block)", $"'{variable}'"],
                named => Assert.Contains(named, message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Of_two_signing_keys_that_sources_have_the_first_of_the_list_signs()
    {
        Run("$one, $two = 1..2 | ForEach-Object { New-NatsKeyPair Account }; $one, $two | ForEach-Object { $a | Add-NatsSigningKey -Key "
            + "$_.PublicKey -SigningKey $op | Out-Null }");
        Register(KeyPlaces.Variable, "$one");
        Run("$a | New-NatsUser U1 | Out-Null");
        Holds("(Get-NatsUser U1).Issuer -eq $one.PublicKey");

        Register(KeyPlaces.Program, "$two");
        Run("$a | New-NatsUser U2 | Out-Null");
        Holds("(Get-NatsUser U2).Issuer -eq (Get-NatsAccount A).SigningKeys[0].PublicKey");
        Run("$a | New-NatsUser U3 -SigningKey $two.PublicKey | Out-Null");
        Holds("(Get-NatsUser U3).Issuer -eq $two.PublicKey");
    }
}
