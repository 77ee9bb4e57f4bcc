namespace NatsKeys.Tests.Commands;

public class NewNatsUserTests : ModuleTest
{
    private const string UserSeed = "SUAPGNOI33MYGGY43BRZWCWHSQ56BGX3DTWQUQSZ6HP7FONZ4YFGHZG7OE";

    public NewNatsUserTests() => Run("$a = New-NatsOperator O2 | New-NatsAccount A");

    [Theory]
    [InlineData("New-NatsUser U")]
    [InlineData("New-NatsUser -Name U -Account $a")]
    [InlineData("New-NatsUser U -Account A -Operator O2 -Store $env:NATSKEYS_STORE")]
    [InlineData("New-NatsUser U -Account O2/A")]
    [InlineData("$a | New-NatsUser U")]
    [InlineData("'A' | New-NatsUser U")]
    public void A_user_is_signed_by_its_account(string script)
    {
        Run($"$u = {script}");

        Holds("$u.GetType().Name -eq 'NatsUser' -and $u.Account -eq 'A' -and $u.Operator -eq 'O2' -and $u.State -eq 'Signed'");
        Holds("$u.Issuer -eq $a.Subject -and $u.IssuerAccount -eq $a.Subject -and $null -eq $u.Claims.IssuerAccount");
        Holds("(Get-NatsKeyPair $u.Subject).Type -eq 'User'");
        Assert.True(File.Exists(PathOf("store/O2/accounts/A/users/U.yaml")));
    }

    [Fact]
    public void A_signing_key_in_the_pipeline_signs_and_the_account_is_named()
    {
        Run("$k = $a | Add-NatsSigningKey; $u = $k | New-NatsUser U");
        Holds("$u.Issuer -eq $k.PublicKey -and $u.Claims.IssuerAccount -eq $a.Subject -and -not $u.BearerToken");
    }

    [Fact]
    public void SigningKey_signs()
    {
        Run("$k = $a | Add-NatsSigningKey; $u = $a | New-NatsUser U -SigningKey $k.PublicKey");
        Holds("$u.Issuer -eq $k.PublicKey");
    }

    [Fact]
    public void Key_times_and_tags_are_recorded()
    {
        Run($"$u = New-NatsUser U -Key {UserSeed} -Expires 30d -NotBefore 2020-01-01 -Tag B, a");
        Holds("$u.Subject -eq (Import-NatsKeyPair -Seed $seed).PublicKey".Replace("$seed", $"'{UserSeed}'", StringComparison.Ordinal));
        Holds("$u.Expires -gt $u.IssuedAt.AddDays(29) -and $u.NotBefore.Year -eq 2020 -and \"$($u.Tags)\" -eq 'b a'");
    }

    [Fact]
    public void Accounts_of_several_operators_with_one_name_need_the_operator()
    {
        Run("New-NatsOperator Other | New-NatsAccount A | Out-Null");
        Reports("EntityAmbiguous", "New-NatsUser U -Account A");
        Holds("(New-NatsUser U -Account A -Operator Other).Operator -eq 'Other'");
    }

    [Fact]
    public void A_signing_key_of_an_operator_is_no_account()
    {
        Run("$k = Add-NatsSigningKey -Operator O2");
        string[] before = Snapshot();
        Assert.Single(Session.Run("$k | New-NatsUser U").Errors);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void An_operator_or_user_is_no_account_even_if_one_has_its_name()
    {
        Run("$o = New-NatsOperator Same; $o | New-NatsAccount Same | Out-Null; $u = $a | New-NatsUser Same");
        string[] before = Snapshot();

        Assert.Single(Session.Run("$o | New-NatsUser V").Errors);
        Assert.Single(Session.Run("$u | New-NatsUser V").Errors);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void One_bad_item_in_a_pipeline_is_an_error_and_the_rest_goes_on()
    {
        Run("New-NatsAccount B | Out-Null");
        Reports("EntityNotFound", "$made = 'A', 'None', 'B' | New-NatsUser U");
        Holds("\"$($made.Account)\" -eq 'A B'");
    }

    [Fact]
    public void Bad_names_and_keys_are_errors()
    {
        Run("$a | New-NatsUser U | Out-Null");
        string[] before = Snapshot();
        Reports("EntityExists", "$a | New-NatsUser u");
        Reports("InvalidName", "$a | New-NatsUser 'a/b'");
        Reports("IncompatibleKey", $"$a | New-NatsUser V -Key {AccountSeed}");
        Reports("EntityNotFound", "New-NatsUser V -Account O2/None");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Many_users_come_out_of_one_pipeline()
    {
        Run("$k = $a | Add-NatsSigningKey; $made = 1..50 | ForEach-Object { New-NatsUser \"u$_\" -Account $a -SigningKey $k }");
        Holds("$made.Count -eq 50 -and @($made.Where({ $_.Issuer -ne $k.PublicKey })).Count -eq 0 -and @(Get-NatsUser).Count -eq 50");
    }

    [Fact]
    public void WhatIf_makes_nothing() => Assert.Empty(LeavesFilesAlone("$a | New-NatsUser U -WhatIf").Output);
}
