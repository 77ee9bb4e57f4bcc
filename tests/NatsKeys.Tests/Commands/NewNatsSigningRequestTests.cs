using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class NewNatsSigningRequestTests : SigningRequestTest
{
    [Theory]
    [InlineData("$r = New-NatsSigningRequest req.yaml")]
    [InlineData("$r = Get-NatsStore | New-NatsSigningRequest -Path req.yaml")]
    [InlineData("$r = New-NatsSigningRequest req.yaml -Store $storeRoot -Operator O2")]
    [InlineData("$r = Get-NatsAccount A | New-NatsSigningRequest req.yaml")]
    [InlineData("$r = Get-NatsOperator | New-NatsSigningRequest req.yaml -SigningKey $key.PublicKey; $r = Get-NatsAccount | "
        + "New-NatsSigningRequest req.yaml -SigningKey $key")]
    public void What_was_edited_is_asked_for(string script)
    {
        Append(Account, "tags: [x]\n");
        Run(script);
        Holds(
            "$r.Path -eq [IO.Path]::GetFullPath(\"$pwd/req.yaml\")",
            "$r.Digest.Length -eq 64",
            "!$r.IsCompleted",
            "$r.Signatures.Count -eq 1");
        Holds(
            "$s = $r.Signatures[0]; \"$($s.Path)\" -eq 'account O2/A'",
            "$s.SigningKey -eq $key.PublicKey",
            "$s.Changes -eq '+ tags \"x\"'");
        Assert.DoesNotMatch(SeedText.Pattern(), File.ReadAllText(PathOf("req.yaml")));
        Holds("(Get-NatsAccount A).State -eq 'Modified'");
    }

    [Fact]
    public void Parents_come_first_whatever_the_order_of_the_pipeline()
    {
        Append(User, "tags: [x]\n");
        Append(Account, "tags: [y]\n");
        Append(Operator, "tags: [z]\n");
        Run("$r = (Get-NatsUser), (Get-NatsOperator), (Get-NatsAccount) | New-NatsSigningRequest req.yaml -WarningAction Ignore");
        Holds("\"$($r.Signatures.Path)\" -eq 'operator O2 account O2/A user O2/A/U'");
        Run("$r = New-NatsSigningRequest req.yaml -Force -SigningKey $key");
        Holds("\"$($r.Signatures.Path)\" -eq 'operator O2 account O2/A'");
    }

    [Fact]
    public void A_new_account_gets_its_key_and_its_users_are_signed_here()
    {
        Directory.CreateDirectory(PathOf("store/O2/accounts/B/users"));
        WriteFile("store/O2/accounts/B/account.yaml", "kind: account\n");
        WriteFile("store/O2/accounts/B/users/V.yaml", "kind: user\n");
        Reports2("SigningKeyNotFound", "Update-NatsStore");
        Run("Update-NatsStore -WhatIf -ErrorAction Ignore");

        Assert.Contains("user O2/B/V", Assert.Single(Run("$r = New-NatsSigningRequest req.yaml").Warnings), StringComparison.Ordinal);

        Holds(
            "\"$($r.Signatures.Path)\" -eq 'account O2/B'",
            "(Get-NatsAccount B).Subject -eq $r.Signatures[0].Claims.Subject",
            "(Get-NatsKeyPair (Get-NatsAccount B).Subject).HasSeed");
        Run("Update-NatsStore -ErrorAction SilentlyContinue");
        Holds("(Get-NatsUser V).State -eq 'Signed'", "(Get-NatsAccount B).State -eq 'Unsigned'");
    }

    [Fact]
    public void WhatIf_shows_what_would_be_asked_for_and_makes_no_key_and_no_file()
    {
        Directory.CreateDirectory(PathOf("store/O2/accounts/B/users"));
        WriteFile("store/O2/accounts/B/account.yaml", "kind: account\n");
        WriteFile("store/O2/accounts/B/users/V.yaml", "kind: user\n");
        Append(Account, "tags: [x]\n");
        string before = string.Join('\n', Snapshot());
        string text = Session.RunText("New-NatsSigningRequest req.yaml -WhatIf");
        Assert.Equal(before, string.Join('\n', Snapshot()));
        Assert.Contains("+ tags", text, StringComparison.Ordinal);
        Assert.Contains("account O2/B", text, StringComparison.Ordinal);
        Assert.Contains((string)Value("$key.PublicKey")!, text, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing to sign", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_is_to_be_signed_nothing_is_written_and_a_warning_says_so()
    {
        Assert.Single(LeavesFilesAlone("New-NatsSigningRequest req.yaml").Warnings);
        Assert.Single(LeavesFilesAlone("Get-NatsAccount | New-NatsSigningRequest req.yaml").Warnings);
    }

    [Fact]
    public void A_key_that_is_here_could_sign_here()
    {
        Append(User, "tags: [x]\n");
        Assert.Contains("Update-NatsStore", Assert.Single(Run("New-NatsSigningRequest req.yaml").Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_asked_for_is_named_and_the_rest_is_asked_for()
    {
        Directory.CreateDirectory(PathOf("store/O2/accounts/B"));
        WriteFile("store/O2/accounts/B/account.yaml", "kind: account\nclaims: { cluster_traffic: x }\n");
        Append(Account, "tags: [x]\n");
        Assert.Contains("O2/B", Reports("RuleBroken", "$r = New-NatsSigningRequest req.yaml"), StringComparison.Ordinal);
        Holds("\"$($r.Signatures.Path)\" -eq 'account O2/A'");
        RunResult alone = Session.Run("Get-NatsAccount B | New-NatsSigningRequest alone.yaml");
        Assert.Equal(["RuleBroken"], alone.ErrorIds);
        Assert.Empty(alone.Warnings);
        WriteFile("store/O2/accounts/B/account.yaml", "kind: [\n");
        Assert.Contains(PathOf("store/O2/accounts/B"), Reports("InvalidYaml", "$r = New-NatsSigningRequest req.yaml -Force"),
            StringComparison.Ordinal);
        Holds("\"$($r.Signatures.Path)\" -eq 'account O2/A'");
    }

    [Fact]
    public void A_key_that_is_not_listed_and_one_that_is_none_are_refused()
    {
        Append(Account, "tags: [x]\n");
        string[] before = Snapshot();
        Reports("SigningKeyNotAllowed",
            "Get-NatsAccount A | New-NatsSigningRequest req.yaml -SigningKey (New-NatsKeyPair Operator) -WarningAction Ignore");
        Reports("Base32Corrupt", "Get-NatsAccount A | New-NatsSigningRequest req.yaml -SigningKey nonsense");
        Reports("Base32Corrupt", "New-NatsSigningRequest req.yaml -SigningKey nonsense");
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void An_existing_file_is_replaced_with_Force_alone_and_a_folder_gets_a_file()
    {
        Append(Account, "tags: [x]\n");
        WriteFile("req.yaml", "mine");
        string[] before = Snapshot();
        Assert.Contains(PathOf("req.yaml"), Reports("FileExists", "New-NatsSigningRequest req.yaml"), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
        Run("New-NatsSigningRequest req.yaml -Force");
        Holds("(New-NatsSigningRequest ./new/).Path -eq [IO.Path]::GetFullPath(\"$pwd/new/signing-request.yaml\")");
    }

    [Fact]
    public void One_request_is_for_one_store()
    {
        Append(Account, "tags: [x]\n");
        Run("$m = New-NatsOperator M -Store (New-NatsStore -InMemory)");
        Reports("EntityAmbiguous", "$r = (Get-NatsAccount A), $m | New-NatsSigningRequest req.yaml");
        Holds("\"$($r.Signatures.Path)\" -eq 'account O2/A'");
    }

    [Fact]
    public void Its_view_fits_the_screen_and_shows_all_that_matters()
    {
        Append(Account, "tags: [x]\n");
        string text = Session.RunText("$r = New-NatsSigningRequest req.yaml -Expires 2099-01-31; $r; $r.Signatures");
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 120, line));
        Assert.Contains((string)Value("$r.Digest")!, text, StringComparison.Ordinal);
        Assert.Contains("2099-01-31 00:00:00 UTC", text, StringComparison.Ordinal);
        Assert.Contains("account O2/A by", text, StringComparison.Ordinal);
        Assert.Contains("+ tags \"x\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_that_is_over_is_refused()
    {
        Append(Account, "tags: [x]\n");
        Reports("InvalidTime", "New-NatsSigningRequest req.yaml -Expires 2020-01-01");
        Assert.False(File.Exists(PathOf("req.yaml")));
    }

    private void Reports2(string errorId, string script) => Assert.Equal([errorId, errorId], Session.Run(script).ErrorIds);
}
