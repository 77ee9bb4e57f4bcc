namespace NatsKeys.Tests.Commands;

public class GetNatsKeyPairTests : ModuleTest
{
    public GetNatsKeyPairTests() => Run("$o = New-NatsOperator O2; $a = $o | New-NatsAccount A; $u = $a | New-NatsUser U");

    [Fact]
    public void All_keys_are_given_without_their_seeds()
    {
        Run("$keys = Get-NatsKeyPair");
        Holds(
            "$keys.Count -eq 3",
            "$keys.PublicKey -contains $o.Subject",
            "$keys.PublicKey -contains $u.Subject");
        Assert.DoesNotMatch(SeedText.Pattern(), Session.RunText("Get-NatsKeyPair | Format-List *; \"$(Get-NatsKeyPair)\""));
    }

    [Theory]
    [InlineData("Get-NatsKeyPair -Type Account")]
    [InlineData("Get-NatsKeyPair A* -Store $storeRoot")]
    [InlineData("Get-NatsKeyPair -PublicKey $a.Subject")]
    [InlineData("$a.Subject | Get-NatsKeyPair")]
    public void Keys_are_chosen_by_type_wildcard_and_name(string script)
    {
        Run($"$found = @({script})");
        Holds(
            "$found.Count -eq 1",
            "$found[0].PublicKey -eq $a.Subject",
            "$found[0].Type -eq 'Account'",
            "$found[0].HasSeed");
    }

    [Fact]
    public void Type_holds_for_a_named_key_too()
    {
        Run("$found = @(Get-NatsKeyPair $a.Subject -Type User -ErrorAction Ignore)");
        Holds("$found.Count -eq 0");
    }

    [Fact]
    public void One_bad_key_in_a_pipeline_is_an_error_and_the_rest_goes_on()
    {
        Assert.Contains(AccountKey, Reports("KeyNotFound", $"$found = $o.Subject, '{AccountKey}', $u.Subject | Get-NatsKeyPair"),
            StringComparison.Ordinal);
        Holds("\"$($found.Type)\" -eq 'Operator User'");
        Reports("InvalidPublicKey", "Get-NatsKeyPair nonsense");
    }

    [Fact]
    public void A_file_that_holds_another_key_is_an_error_that_names_it_and_the_rest_goes_on()
    {
        string file = Directory.GetFiles(PathOf("keys/keys/A"), "*.nk", SearchOption.AllDirectories)[0];
        File.WriteAllText(file, AccountSeed);

        Assert.Contains(file, Reports("KeyConflict", "$found = Get-NatsKeyPair"), StringComparison.Ordinal);

        Holds("$found.Count -eq 2");
    }

    [Fact]
    public void A_damaged_file_is_an_error_that_names_it_and_the_rest_goes_on()
    {
        string file = Directory.GetFiles(PathOf("keys/keys/A"), "*.nk", SearchOption.AllDirectories)[0];
        string seed = File.ReadAllText(file);
        File.WriteAllText(file, seed[..^1]);

        string message = Reports("NoSeedFound", "$found = Get-NatsKeyPair");

        Assert.Contains(file, message, StringComparison.Ordinal);
        Assert.DoesNotContain(seed[..40], message, StringComparison.Ordinal);
        Holds("$found.Count -eq 2");
    }

    [Fact]
    public void Keys_that_nothing_uses_are_found()
    {
        Run("$o = New-NatsOperator Used -Store ($s = New-NatsStore ./u -KeyPath ./k); $a = $o | New-NatsAccount A; $u = $a | New-NatsUser U; $k = "
            + "$a | Add-NatsSigningKey; $x = New-NatsKeyPair Curve; $x | Import-NatsKeyPair -Store $s -ErrorAction Ignore | Out-Null");
        Run("$a | Set-NatsAuthCallout $u -EncryptionKey $x");
        Holds("@(Get-NatsKeyPair -Unreferenced -Store $s).Count -eq 0");
        Run("$k | Remove-NatsSigningKey -Confirm:$false; $u | Set-NatsUser -AddTag x; $a | Remove-NatsAuthCallout; $u | Remove-NatsUser "
            + "-Confirm:$false -WarningAction Ignore");
        Holds(
            "@(Get-NatsKeyPair -Unreferenced -Store $s -Type Account).PublicKey -eq $k.PublicKey",
            "@(Get-NatsKeyPair -Unreferenced -Store $s).PublicKey -contains $u.Subject",
            "-not (Get-NatsKeyPair $a.Subject -Unreferenced -Store $s)");
    }

    [Fact]
    public void A_key_tells_what_it_is_used_for()
    {
        Run("$k = $a | Add-NatsSigningKey -Role reader -AllowPublish x; $a | Set-NatsAuthCallout $u; $lost = $a | Add-NatsSigningKey; $lost | "
            + "Remove-NatsSigningKey -Confirm:$false");
        Holds(
            "$f = Get-NatsKeyPair $a.Subject; $f.UsedFor.Count -eq 1",
            "$f.Uses[0].Kind -eq 'Identity'",
            "\"$($f.Uses[0].Path)\" -eq 'account O2/A'");
        Holds("(Get-NatsKeyPair $k.PublicKey).Uses.Role -eq 'reader'");
        Holds("(Get-NatsKeyPair $u.Subject).Uses.Kind -join ' ' -eq 'Identity CalloutUser'");
        Assert.Empty(Run("Get-NatsKeyPair | ConvertTo-Json").Warnings);
        Holds("(Get-NatsKeyPair | ConvertTo-Json | ConvertFrom-Json).UsedFor -contains 'identity of account O2/A'");
        Holds("(Get-NatsKeyPair | Where-Object UsedFor -like '*reader*').PublicKey -eq $k.PublicKey");
        Holds("$none = Get-NatsKeyPair $lost.PublicKey; $none.UsedFor.Count -eq 0", "$none -is [NatsKeys.Keys.NatsKeyPair]");
        string text = Session.RunText("Get-NatsKeyPair");
        Assert.Matches(@"A\w+ +True +identity of account O2/A", text);
        Assert.Contains("signing key of account O2/A, role 'reader'", text, StringComparison.Ordinal);
        Assert.Contains("identity of user O2/A/U", text, StringComparison.Ordinal);
        Assert.Contains("(nothing)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("(nothing)", Session.RunText("New-NatsKeyPair User"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_keys_are_used_for_is_read_once_somebody_asks()
    {
        Run("$keys = @(Get-NatsKeyPair -Type User)");
        File.Delete(PathOf("store/O2/accounts/A/users/U.yaml"));
        Holds("$keys[0].UsedFor.Count -eq 0");
    }

    [Theory]
    [InlineData("Get-NatsSigningKey -Account $b | Get-NatsKeyPair", "$k.PublicKey")]
    [InlineData("Get-NatsKeyPair (Get-NatsSigningKey -Account $b)", "$k.PublicKey")]
    [InlineData("$k.KeyPair | Get-NatsKeyPair -Store $s", "$k.PublicKey")]
    [InlineData("$b | Get-NatsKeyPair", "$b.Subject, $k.PublicKey")]
    [InlineData("$p | Get-NatsKeyPair", "$p.Subject")]
    [InlineData("$s | Get-NatsKeyPair -Type Operator", "$p.Subject")]
    [InlineData("$s | Get-NatsKeyPair O*", "$p.Subject")]
    public void What_comes_as_an_object_is_of_its_own_store(string script, string expected)
    {
        Run("$s = New-NatsStore -InMemory; $p = New-NatsOperator O2 -Store $s; $b = $p | New-NatsAccount A; $k = $b | Add-NatsSigningKey");
        Holds($"(({script}).PublicKey -join ' ') -eq (({expected}) -join ' ')");
    }

    [Fact]
    public void What_each_key_is_used_for_is_told_of_its_own_store()
    {
        Run("$s = New-NatsStore -InMemory; $p = New-NatsOperator Other -Store $s");
        Holds("(((Get-NatsStore), $s | Get-NatsKeyPair -Type Operator).Uses.Path -join ' ') -eq 'operator O2 operator Other'");
    }

    [Fact]
    public void A_key_of_an_entity_whose_seed_is_elsewhere_is_an_error_and_the_others_are_given()
    {
        Run("$k = New-NatsKeyPair Account; $b = $o | New-NatsAccount Offline -Key $k.PublicKey; $listed = $b | Add-NatsSigningKey");
        Assert.Contains((string)Value("$k.PublicKey")!, Reports("KeyNotFound", "$found = $b | Get-NatsKeyPair"), StringComparison.Ordinal);
        Holds("$found.PublicKey -eq $listed.PublicKey");
    }
}
