namespace NatsKeys.Tests.Commands;

public class NewNatsAccountTests : ModuleTest
{
    public NewNatsAccountTests() => Run("$o = New-NatsOperator O2");

    [Theory]
    [InlineData("New-NatsAccount A")]
    [InlineData("New-NatsAccount -Name A -Operator $o")]
    [InlineData("New-NatsAccount A -Operator O2 -Store $storeRoot")]
    [InlineData("$o | New-NatsAccount A")]
    [InlineData("'O2' | New-NatsAccount A")]
    public void An_account_is_signed_by_its_operator(string script)
    {
        Run($"$a = {script}");

        Holds(
            "$a.GetType().Name -eq 'NatsAccount'",
            "$a.Name -eq 'A'",
            "$a.Operator -eq 'O2'",
            "$a.State -eq 'Signed'");
        Holds("$a.Issuer -eq $o.Subject", "(Get-NatsKeyPair $a.Subject).Type -eq 'Account'");
        Assert.True(File.Exists(PathOf("store/O2/accounts/A/account.yaml")));
    }

    [Fact]
    public void A_signing_key_in_the_pipeline_signs()
    {
        Run("$k = $o | Add-NatsSigningKey; $a = $k | New-NatsAccount A");
        Holds("$a.Issuer -eq $k.PublicKey", "$a.Operator -eq 'O2'");
    }

    [Fact]
    public void SigningKey_wins_over_the_one_in_the_pipeline()
    {
        Run("$k = $o | Add-NatsSigningKey; $other = $o | Add-NatsSigningKey; $a = $k | New-NatsAccount A -SigningKey $other");
        Holds("$a.Issuer -eq $other.PublicKey");
    }

    [Fact]
    public void Key_times_and_tags_are_recorded()
    {
        Run($"$a = New-NatsAccount A -Key {AccountSeed} -Expires 2099-01-31 -NotBefore 2020-01-01 -Tag X");

        Holds(
            $"$a.Subject -eq '{AccountKey}'",
            "$a.Expires.Year -eq 2099",
            "$a.NotBefore.Year -eq 2020",
            "$a.Tags -eq 'x'");
    }

    [Fact]
    public void With_a_public_key_the_seed_stays_where_it_is()
    {
        Run($"New-NatsAccount A -Key {AccountKey} | Out-Null");
        Reports("KeyNotFound", $"Get-NatsKeyPair {AccountKey}");
    }

    [Fact]
    public void The_operator_must_exist_and_be_the_one_that_is_meant()
    {
        Assert.Contains("None", Reports("EntityNotFound", "New-NatsAccount A -Operator None"), StringComparison.Ordinal);
        Run("New-NatsOperator Other | Out-Null");
        string[] before = Snapshot();

        string message = Reports("EntityAmbiguous", "New-NatsAccount A");

        Assert.Contains("O2", message, StringComparison.Ordinal);
        Assert.Contains("Other", message, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void A_signing_key_of_an_account_is_no_operator()
    {
        Run("$k = New-NatsAccount A | Add-NatsSigningKey");
        string[] before = Snapshot();
        Assert.Single(Session.Run("$k | New-NatsAccount B").Errors);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void An_account_or_a_user_is_no_operator_even_if_one_has_its_name()
    {
        Run("$a = New-NatsAccount O2; $u = $a | New-NatsUser O2");
        string[] before = Snapshot();

        Assert.Single(Session.Run("$a | New-NatsAccount B").Errors);
        Assert.Single(Session.Run("$u | New-NatsAccount B").Errors);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void One_bad_item_in_a_pipeline_is_an_error_and_the_rest_goes_on()
    {
        Run("New-NatsOperator Last | Out-Null");
        Reports("EntityNotFound", "$made = 'O2', 'None', 'Last' | New-NatsAccount A");
        Holds("\"$($made.Operator)\" -eq 'O2 Last'");
    }

    [Fact]
    public void A_name_that_is_taken_or_cannot_be_one_is_an_error()
    {
        Run("New-NatsAccount A | Out-Null");
        string[] before = Snapshot();
        Reports("EntityExists", "New-NatsAccount a");
        Reports("InvalidName", "New-NatsAccount ../a");
        Reports("IncompatibleKey", $"New-NatsAccount B -Key {OperatorSeed}");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void A_new_account_has_no_limits_and_an_expired_one_says_so()
    {
        Holds("(New-NatsAccount A).Limits.Conn -eq -1");
        Holds("(New-NatsAccount B -NotBefore 2099-01-01).State -eq 'NotYetValid'");
    }

    [Fact]
    public void Rows_set_limits_and_permissions_and_a_bad_column_is_an_error_that_names_it()
    {
        string message = Reports(
            "InvalidClaims",
            """
            $made = [pscustomobject] @{ Name = 'R1'; MaxConnections = '5'; AllowPublish = 'x'; Description = 'first' },
                [pscustomobject] @{ Name = 'R2'; SigningKey = 'other' },
                [pscustomobject] @{ Name = 'R3'; AllowWildcardExports = 'False' } | New-NatsAccount -Operator $o
            """);
        Assert.Contains("'SigningKey'", message, StringComparison.Ordinal);
        Holds(
            "($made.Name -join ' ') -eq 'R1 R3'",
            "$made[0].Limits.Conn -eq 5",
            "$made[0].Claims.DefaultPermissions.Pub.Allow -eq 'x'",
            "$made[0].Claims.Description -eq 'first'");
        Holds(
            "-not $made[1].Limits.Wildcards",
            "$made[1].Limits.Conn -eq -1",
            "-not $made[1].Claims.DefaultPermissions.Pub.Allow.Count");
    }
}
