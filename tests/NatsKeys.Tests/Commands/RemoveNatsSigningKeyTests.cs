using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class RemoveNatsSigningKeyTests : ModuleTest
{
    public RemoveNatsSigningKeyTests() => Run(
        "$ok = New-NatsOperator O2 | Add-NatsSigningKey; $a = $ok | New-NatsAccount A; $ak = $a | Add-NatsSigningKey; $u = $ak | New-NatsUser U");

    [Theory]
    [InlineData("$ak | Remove-NatsSigningKey -Confirm:$false")]
    [InlineData("Remove-NatsSigningKey -Confirm:$false -InputObject $ak")]
    [InlineData("Get-NatsSigningKey -Account A | Remove-NatsSigningKey -Confirm:$false")]
    [InlineData("$a | Remove-NatsSigningKey -Confirm:$false $ak.PublicKey")]
    [InlineData("Remove-NatsSigningKey -Confirm:$false -Account A -Operator O2 -Key $ak.PublicKey -Store $storeRoot")]
    public void The_key_is_taken_off_the_list_and_its_seed_stays(string script)
    {
        RunResult result = Run(script);

        Assert.Empty(result.Output);
        Holds("(Get-NatsAccount A).SigningKeys.Count -eq 0");
        Holds("(Get-NatsAccount A).State -eq 'Signed'", "(Get-NatsAccount A).Issuer -eq $ok.PublicKey");
        Holds("(Get-NatsKeyPair $ak.PublicKey).HasSeed");
    }

    [Fact]
    public void What_the_key_had_signed_is_named_in_a_warning_and_untrusted()
    {
        RunResult result = Run("$removal = $ak | Remove-NatsSigningKey -Confirm:$false -PassThru");

        Assert.Contains("O2/A/U", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Holds(
            "$removal.PublicKey -eq $ak.PublicKey",
            "$removal.Owner.Name -eq 'A'",
            "$removal.Invalid.Name -eq 'U'");
        Holds("(Get-NatsUser U).State -eq 'Untrusted'");
    }

    [Fact]
    public void A_key_that_signed_nothing_is_removed_without_a_warning()
    {
        RunResult result = Run("$a | Add-NatsSigningKey | Remove-NatsSigningKey -Confirm:$false");
        Assert.Empty(result.Warnings);
        Holds("(Get-NatsAccount A).SigningKeys.PublicKey -eq $ak.PublicKey");
    }

    [Fact]
    public void A_key_of_an_operator_is_removed()
    {
        RunResult result = Run("Remove-NatsSigningKey -Confirm:$false -Operator O2 -Key $ok.PublicKey");

        Assert.Contains("account O2/A", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Holds("(Get-NatsOperator O2).SigningKeys.Count -eq 0");
        Holds("(Get-NatsAccount A).State -eq 'Untrusted'");
    }

    [Fact]
    public void SigningKey_signs_the_owner()
    {
        Run("$other = $ok.Owner | Add-NatsSigningKey; $ak | Remove-NatsSigningKey -Confirm:$false -SigningKey $other");
        Holds("(Get-NatsAccount A).Issuer -eq $other.PublicKey");
    }

    [Fact]
    public void A_key_that_is_not_listed_is_an_error()
    {
        string[] before = Snapshot();

        Assert.Contains(AccountKey, Reports("KeyNotFound", $"$a | Remove-NatsSigningKey -Confirm:$false {AccountKey}"), StringComparison.Ordinal);
        Reports("KeyNotFound", "$a | Remove-NatsSigningKey -Confirm:$false nobody");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void One_bad_item_in_a_pipeline_is_an_error_and_the_rest_goes_on()
    {
        Run("$more = $a | Add-NatsSigningKey");

        Reports("KeyNotFound", "$ak, $ak, $more | Remove-NatsSigningKey -Confirm:$false -WarningAction Ignore");

        Holds("(Get-NatsAccount A).SigningKeys.Count -eq 0");
    }

    [Fact]
    public void Keys_are_removed_while_they_are_listed()
    {
        Run("1..3 | ForEach-Object { $a | Add-NatsSigningKey | Out-Null }");
        Run("Get-NatsSigningKey -Account A | Remove-NatsSigningKey -Confirm:$false -WarningAction Ignore");
        Holds("(Get-NatsAccount A).SigningKeys.Count -eq 0");
    }
}
