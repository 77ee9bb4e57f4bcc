using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class UpdateNatsSigningKeyTests : ModuleTest
{
    public UpdateNatsSigningKeyTests() => Run(
        """
        $o = New-NatsOperator O2
        $ok = $o | Add-NatsSigningKey
        $a = $ok | New-NatsAccount A
        $b = $ok | New-NatsAccount B
        $k = $a | Add-NatsSigningKey
        $r = $a | Add-NatsSigningKey -Role sensor -AllowPublish 'x.>'
        $k | New-NatsUser u1 | Export-NatsCredential
        $k | New-NatsUser u2 | Out-Null
        $r | New-NatsUser s1 | Out-Null
        $a | New-NatsUser i1 -SigningKey $a.Subject | Out-Null
        """);

    [Fact]
    public void It_warns_for_each_key()
    {
        string[] warned = [.. Run("Update-NatsSigningKey -Account A -MaxAge 0s").Warnings];
        Assert.Equal(2, warned.Length);
        Assert.Single(warned, text => text.Contains("clients of 2 users of the account O2/A", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Update-NatsSigningKey $k", "clients of 2 users")]
    [InlineData("Update-NatsSigningKey sensor", "clients of 1 user ")]
    [InlineData("Update-NatsSigningKey $k -KeepOldKey; Update-NatsSigningKey $k.PublicKey", null)]
    [InlineData("Update-NatsSigningKey $ok -Operator O2", null)]
    [InlineData("Get-NatsSigningKey -Account B | Update-NatsSigningKey", null)]
    public void It_warns_of_clients_that_are_cut_off_with_the_last_update(string script, string? warning)
    {
        string[] warned = [.. Run(script).Warnings];
        Assert.Equal(warning is null ? 0 : 1, warned.Length);
        Assert.All(warned, text => Assert.Contains(warning!, text, StringComparison.Ordinal));
        Assert.All(warned, text => Assert.Contains("-KeepOldKey", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$k | Update-NatsSigningKey")]
    [InlineData("Update-NatsSigningKey $k")]
    [InlineData("Update-NatsSigningKey $k.PublicKey")]
    [InlineData("Update-NatsSigningKey -Key $k.KeyPair")]
    [InlineData("Update-NatsSigningKey $k.PublicKey -Account A")]
    [InlineData("Update-NatsSigningKey $k.PublicKey -Account A -Operator O2 -Store $storeRoot")]
    [InlineData("Get-NatsSigningKey $k.PublicKey -Account A | Update-NatsSigningKey -Confirm:$false -Compromised")]
    public void However_the_key_is_named_its_users_are_signed_by_another_one(string script)
    {
        Run($"$n = {script}");
        Holds(
            "$n.IsFinished",
            "$n.OldKey -eq $k.PublicKey",
            "\"$($n.SignedAgain)\" -eq 'user O2/A/u1 user O2/A/u2'",
            "(Get-NatsUser u1).Issuer -eq $n.NewKey");
        Holds("(Get-NatsAccount A).SigningKeys.PublicKey -notcontains $k.PublicKey", "(Test-NatsStore)");
        Holds("(Import-NatsCredential ./keys/creds/O2/A/u1.creds).Token.Issuer -eq $n.NewKey");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-KeepOldKey")]
    [InlineData("-Compromised -Confirm:$false")]
    public void Imports_whose_activations_are_signed_again_are_no_cause_for_a_warning(string how)
    {
        Run("Add-NatsExport 'secret.>' Stream -Private -Account A; Add-NatsImport 'secret.>' -From A -Account B");
        RunResult result = Run($"$n = Update-NatsSigningKey $k.PublicKey {how}");
        Holds("\"$($n.Importers)\" -eq 'account O2/B'");
        Assert.DoesNotContain(result.Warnings, warning => warning.Contains("account O2/B", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Update-NatsSigningKey -MaxAge soon")]
    [InlineData("Update-NatsSigningKey -MaxAge '-1.00:00:00'")]
    [InlineData("$k, $r | Update-NatsSigningKey -MaxAge soon")]
    [InlineData("Get-NatsUser | Set-NatsUser -Expires soon")]
    public void A_typed_time_that_is_none_is_one_error_whatever_the_number_of_items(string script)
    {
        Reports("InvalidTime", script);
        Holds("-not $Error[0].ErrorDetails.RecommendedAction");
    }

    [Fact]
    public void A_typed_limit_that_is_none_is_one_error() =>
        Reports("InvalidLimit", "Get-NatsUser u* | Set-NatsUser -MaxPayload 5zb");

    [Theory]
    [InlineData("Update-NatsSigningKey sensor")]
    [InlineData("Update-NatsSigningKey sensor -Account A")]
    public void A_role_names_its_key(string script)
    {
        Run($"$n = {script}");
        Holds(
            "$n.Role -eq 'sensor'",
            "(Get-NatsUser s1).Issuer -eq $n.NewKey",
            "(Get-NatsSigningKey sensor -Account A).PublicKey -eq $n.NewKey",
            "(Test-NatsStore)");
    }

    [Fact]
    public void A_role_that_two_accounts_have_is_not_guessed()
    {
        Run("$b | Add-NatsSigningKey -Role sensor | Out-Null");
        Assert.Contains("O2/B", Reports("EntityAmbiguous", "Update-NatsSigningKey sensor"), StringComparison.Ordinal);
        Run("Update-NatsSigningKey sensor -Account A | Out-Null");
    }

    [Theory]
    [InlineData("nobody", "KeyNotFound")]
    [InlineData(AccountKey, "KeyNotFound")]
    [InlineData("$k.PublicKey -Account B", "KeyNotFound")]
    [InlineData("$k -Compromised -KeepOldKey", "AmbiguousParameterSet")]
    [InlineData("$k -NewUserKeys -KeepOldKey", "AmbiguousParameterSet")]
    [InlineData("$k -NewKey (New-NatsKeyPair Operator)", "IncompatibleKey")]
    [InlineData("$k -NewKey $k", "SigningKeyExists")]
    [InlineData("$k -MaxAge soon", "InvalidTime")]
    public void What_cannot_be_done_is_an_error_of_its_item(string arguments, string errorId)
    {
        string[] before = Snapshot();
        Reports(errorId, $"Update-NatsSigningKey {arguments}");
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData(AccountKey, "SigningKeyNotFound")]
    [InlineData(OperatorSeed, "SigningKeyNotAllowed")]
    public void A_signing_key_that_cannot_sign_ends_the_pipeline(string key, string errorId) =>
        Refuses(errorId, $"$k | Update-NatsSigningKey -SigningKey {key}");

    [Fact]
    public void A_script_block_signs_the_owner()
    {
        Run("$pair = Get-NatsKeyPair $ok.PublicKey");
        File.Delete(Directory.GetFiles(Session.KeyRoot, (string)Value("$ok.PublicKey")! + ".nk", SearchOption.AllDirectories)[0]);
        Run("$n = $k | Update-NatsSigningKey -Confirm:$false -Compromised -SigningKey { param($bytes) New-NatsSignature -Data $bytes -SigningKey "
            + "$pair } -Store $storeRoot");
        Holds(
            "$n.IsFinished",
            "(Get-NatsAccount A).Issuer -eq $ok.PublicKey",
            "(Test-NatsStore)");
    }

    [Fact]
    public void The_plan_names_every_step()
    {
        Run("$a | Add-NatsExport -Subject svc -Type Service -Private; $b | Add-NatsImport -From A -Subject svc -Token (New-NatsActivation "
            + "-Account A -Subject svc -TargetAccount B -SigningKey $k)");
        string[] before = Snapshot();
        string text = Session.RunText("$k | Update-NatsSigningKey -NewUserKeys -WhatIf");
        Assert.Equal(before, Snapshot());
        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        foreach (string words in new[] { "a new key is listed", "user O2/A/u1, user O2/A/u2", "Replace the key", "account O2/B", "new activation",
            "signing key of O2" })
        {
            Assert.Contains(words, line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Keys_that_are_old_enough_are_replaced_and_no_others()
    {
        foreach (string file in Directory.GetFiles(
            Path.Combine(Session.KeyRoot, "keys"), (string)Value("$k.PublicKey")! + ".nk", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-31));
        }

        Assert.Empty(Run("Update-NatsSigningKey -MaxAge 32d").Output);
        Holds("(Update-NatsSigningKey -MaxAge 30d).OldKey -eq $k.PublicKey");
        Assert.Empty(Run("Update-NatsSigningKey -MaxAge 30d; $r | Update-NatsSigningKey -MaxAge 30d").Output);
        Holds("@(Update-NatsSigningKey -MaxAge 0s).Count -eq 3", "(Test-NatsStore)");
    }

    [Fact]
    public void What_is_pending_is_warned_of_and_a_second_run_finishes_it()
    {
        string file = PathOf("store/O2/accounts/A/users/u1.yaml");
        string text = File.ReadAllText(file);
        File.WriteAllText(file, text + "tags: [x]\n");
        RunResult first = Run("$n = $k | Update-NatsSigningKey; $n");
        Assert.Contains("user O2/A/u1", Assert.Single(first.Warnings), StringComparison.Ordinal);
        Holds(
            "-not $n.IsFinished",
            "$n.IsOldKeyListed",
            "$n.Pending.Count -eq 1",
            "(Get-NatsUser u2).Issuer -eq $n.NewKey");
        File.WriteAllText(file, text);
        RunResult second = Run("$m = Update-NatsSigningKey $k.PublicKey; $m");
        Assert.Contains("clients of 1 user ", Assert.Single(second.Warnings), StringComparison.Ordinal);
        Holds(
            "$m.IsFinished",
            "$m.NewKey -eq $n.NewKey",
            "(Test-NatsStore)");
    }

    [Fact]
    public void It_reads_well()
    {
        string text = Session.RunText("$k | Update-NatsSigningKey -Confirm:$false -NewUserKeys");
        Assert.Contains("user O2/A/u2", text, StringComparison.Ordinal);
        Assert.Contains("1. account O2/A: lists both the new key and the old one", text, StringComparison.Ordinal);
        string updates = Session.RunText("($r | Update-NatsSigningKey).Updates");
        Assert.Contains("no longer lists the old key", updates, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", updates, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_disk_it_works_as_well()
    {
        Run("$m = New-NatsStore -InMemory; $mk = New-NatsOperator M -Store $m | New-NatsAccount A | Add-NatsSigningKey; 1..5 | ForEach-Object { "
            + "$mk | New-NatsUser \"u$_\" | Out-Null }; $n = $mk | Update-NatsSigningKey -Confirm:$false -Compromised -NewUserKeys");
        Holds(
            "$n.SignedAgain.Count -eq 5",
            "$n.RevokedKeys.Count -eq 5",
            "(Test-NatsStore $m)");
    }

    [Fact]
    public void An_owner_that_cannot_be_read_is_an_error_that_names_it_and_keys_of_others_are_replaced()
    {
        WriteFile("store/O2/accounts/B/account.yaml", "kind: [");
        Assert.Contains(PathOf("store/O2/accounts/B/account.yaml"), Reports("InvalidYaml", "$found = @(Update-NatsSigningKey -MaxAge 0s)"),
            StringComparison.Ordinal);
        Holds("$found.OldKey -contains $k.PublicKey");
    }
}
