namespace NatsKeys.Tests.Commands;

public class NewNatsStoreTests : ProtectedKeysTest
{
    [Fact]
    public void A_store_is_made_in_a_new_folder()
    {
        Run("$s = New-NatsStore ./mine");
        Holds("$s.Location -eq [IO.Path]::GetFullPath(\"$pwd/mine\")", "\"$s\" -eq $s.Location");
        Assert.Contains("format: 1", File.ReadAllText(PathOf("mine/natskeys.yaml")), StringComparison.Ordinal);
        Holds("(New-NatsOperator O2 -Store ./mine).Store.Location -eq $s.Location");
    }

    [Fact]
    public void A_folder_with_other_files_becomes_a_store()
    {
        Directory.CreateDirectory(PathOf("repo"));
        WriteFile("repo/README.md", "hello");
        Run("New-NatsStore -Path repo | Out-Null");
        Assert.True(File.Exists(PathOf("repo/natskeys.yaml")));
        Assert.Equal("hello", File.ReadAllText(PathOf("repo/README.md")));
    }

    [Fact]
    public void A_folder_that_is_a_store_is_refused_and_left_alone()
    {
        Run("New-NatsStore mine | New-NatsOperator O2 -ErrorAction Ignore");
        string[] before = Snapshot();
        Assert.Contains(PathOf("mine"), Reports("StoreExists", "New-NatsStore mine"), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void KeyPath_is_remembered_relative_to_the_store()
    {
        Run("New-NatsStore mine -KeyPath ./secret | Out-Null");
        Assert.Matches(@"(?m)^keys: ['""]?\.\./secret['""]?$", File.ReadAllText(PathOf("mine/natskeys.yaml")));
    }

    [Fact]
    public void KeyPath_is_used_by_the_store_that_is_given_even_where_the_environment_names_another()
    {
        Run("$s = New-NatsStore mine -KeyPath ./secret; New-NatsOperator O2 -Store $s | Out-Null");
        Assert.Single(Directory.GetFiles(PathOf("secret/keys/O"), "*.nk", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(PathOf("keys")));
    }

    [Theory]
    [InlineData("mine")]
    [InlineData("mine/keys")]
    [InlineData("other/../mine/x")]
    public void Keys_inside_the_store_are_refused_and_nothing_is_made(string keyPath)
    {
        Reports("InvalidKeyPath", $"New-NatsStore mine -KeyPath {keyPath}");
        Assert.Empty(Snapshot());
    }

    [Fact]
    public void A_store_in_memory_holds_the_walkthrough_and_touches_no_disk()
    {
        Run(
            """
            $s = New-NatsStore -InMemory
            $creds = New-NatsOperator O2 -Store $s | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey |
                New-NatsUser U | Export-NatsCredential -AsPlainText
            """);
        Assert.Empty(Snapshot());
        Holds("$creds -match 'BEGIN NATS USER JWT'", "$s.Location -eq 'in memory'");
        Holds("(Get-NatsUser -Store $s).State -eq 'Signed'", "@(Get-NatsKeyPair -Store $s).Count -eq 5");
        Holds("Test-NatsJwt (Get-NatsUser U -Store $s)");
    }

    [Fact]
    public void Two_stores_in_memory_know_nothing_of_each_other()
    {
        Run("$s = New-NatsStore -InMemory; $t = New-NatsStore -InMemory; New-NatsOperator O2 -Store $s | Out-Null");
        Holds("@(Get-NatsOperator -Store $t).Count -eq 0", "@(Get-NatsKeyPair -Store $t).Count -eq 0");
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_an_error_that_names_it()
    {
        WriteFile("mine", "a file");
        Assert.Contains(PathOf("mine"), Reports("FileAccess", "New-NatsStore mine"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$s = New-NatsStore mine -KeyPath secret -ProtectKeys -Passphrase $p")]
    [InlineData("$lent.NATSKEYS_PASSPHRASE = '" + Passphrase + "'; $s = New-NatsStore mine -KeyPath secret -ProtectKeys")]
    public void A_new_key_root_is_protected_from_its_first_key_on(string script)
    {
        Run($"{script}; New-NatsOperator O2 -Store $s | New-NatsAccount A | Out-Null");
        Holds("$s.Keys.Protection -eq 'Unlocked'", "@(Get-NatsKeyPair -Store $s).Count -eq 2");
        HasNoSeed(PathOf("secret"));
        Assert.DoesNotContain("passphrase", File.ReadAllText(PathOf("mine/natskeys.yaml")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Keys_that_the_root_has_already_are_encrypted_with_it_and_WhatIf_tells_how_many()
    {
        Run("New-NatsOperator O2 | New-NatsAccount A | Out-Null");
        string told = Session.RunText("New-NatsStore mine -ProtectKeys -Passphrase $p -WhatIf");
        Assert.Contains(Session.KeyRoot, told.ReplaceLineEndings(""), StringComparison.Ordinal);
        Assert.Contains("existing seeds: 2", told.ReplaceLineEndings(""), StringComparison.Ordinal);
        LeavesFilesAlone("New-NatsStore mine -ProtectKeys -Passphrase $p -WhatIf");

        Run("New-NatsStore mine -ProtectKeys -Passphrase $p | Out-Null");
        HasNoSeed(Session.KeyRoot);
        Holds("Test-NatsStore");
    }

    [Fact]
    public void A_root_that_is_protected_already_must_have_this_passphrase()
    {
        Run("New-NatsStore $storeRoot | Out-Null; Protect-NatsKeyStore -Passphrase $p");
        string[] before = Snapshot();
        Reports("WrongPassphrase", "New-NatsStore mine -ProtectKeys -Passphrase $q");
        Assert.Equal(before, Snapshot());
        Run($"{Lock}; New-NatsStore mine -ProtectKeys -Passphrase $p | Out-Null");
        StateIs("Unlocked");
    }

    /// <summary>The switch says the same, so it need not be typed.</summary>
    [Theory]
    [InlineData("-Passphrase $p")]
    [InlineData("-Passphrase $p -ProtectKeys")]
    public void A_passphrase_protects_the_keys(string arguments)
    {
        Run($"$s = New-NatsStore mine {arguments}");
        Holds("$s.Keys.Protection -eq 'Unlocked'");
    }

    [Theory]
    [InlineData("NoPassphrase", "New-NatsStore mine -ProtectKeys")]
    [InlineData("NoPassphrase", "New-NatsStore mine -ProtectKeys -WhatIf")]
    [InlineData("NoPassphrase", "New-NatsStore mine -ProtectKeys -Passphrase ([securestring]::new())")]
    [InlineData("InvalidKeyPath", "New-NatsStore mine -KeyPath mine/keys -ProtectKeys -Passphrase $p")]
    public void What_cannot_be_done_is_an_error_and_nothing_is_made(string id, string script)
    {
        Reports(id, script);
        Assert.Empty(Snapshot());
    }

    [Fact]
    public void A_folder_that_is_a_store_already_leaves_its_keys_as_they_are()
    {
        Run("New-NatsStore mine | Out-Null; New-NatsOperator O2 -Store mine | Out-Null");
        string[] before = Snapshot();
        Reports("StoreExists", "New-NatsStore mine -ProtectKeys -Passphrase $p");
        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("New-NatsStore -InMemory -ProtectKeys -Passphrase $p")]
    [InlineData("New-NatsStore -InMemory -Passphrase $p")]
    public void A_store_in_memory_has_no_passphrase(string script) => Refuses("AmbiguousParameterSet", script);
}
