namespace NatsKeys.Tests.Commands;

public class UnlockNatsKeyStoreTests : ProtectedKeysTest
{
    public UnlockNatsKeyStoreTests() => Run($"New-NatsOperator O2 | New-NatsAccount A | Out-Null; Protect-NatsKeyStore -Passphrase $p; {Lock}");

    [Theory]
    [InlineData("Unlock-NatsKeyStore -Passphrase $p")]
    [InlineData("Unlock-NatsKeyStore (Get-NatsStore) -Passphrase $p")]
    [InlineData("Get-NatsStore | Unlock-NatsKeyStore -Passphrase $p")]
    [InlineData("$lent.NATSKEYS_PASSPHRASE = '" + Passphrase + "'; Unlock-NatsKeyStore")]
    public void An_unlocked_root_stays_so(string script)
    {
        StateIs("Locked");
        Assert.Empty(LeavesFilesAlone(script).Output);
        StateIs("Unlocked");
        Run("New-NatsAccount B | Out-Null");
        Holds("(Get-NatsAccount B).State -eq 'Signed'");
    }

    [Fact]
    public void While_it_is_locked_nothing_is_signed_and_nothing_written()
    {
        string[] before = Snapshot();
        foreach (string script in new[] { "New-NatsAccount B", "New-NatsOperator P", "Set-NatsAccount A -AddTag x", "New-NatsUser U -Account A",
            "Get-NatsKeyPair", "Export-NatsStore ./nsc -AsNsc" })
        {
            string message = Reports("KeyStoreLocked", script);
            Assert.Contains("Unlock-NatsKeyStore", message, StringComparison.Ordinal);
            Assert.Contains("NATSKEYS_PASSPHRASE", message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Snapshot());
        Refuses("KeyStoreLocked", "New-NatsAccount B -SigningKey (Get-NatsOperator).Subject");
    }

    [Fact]
    public void While_it_is_locked_entities_are_read_and_public_keys_completed()
    {
        Holds("(Get-NatsAccount A).State -eq 'Signed'");
        Holds("Test-NatsStore");
        Assert.Contains((string)Value("(Get-NatsAccount A).Subject")!, Session.Complete("Export-NatsKeyPair -KeyPair A"));
    }

    [Fact]
    public void What_is_needed_is_unlocked_by_the_environment()
    {
        Run($"$lent.NATSKEYS_PASSPHRASE = '{Passphrase}'; New-NatsAccount B | Out-Null");
        Assert.Contains("NATSKEYS_PASSPHRASE", Reports("WrongPassphrase", $"{Lock}; $lent.NATSKEYS_PASSPHRASE = '{Other}'; New-NatsAccount C"),
            StringComparison.Ordinal);
        Holds("@(Get-NatsAccount).Count -eq 2");
    }

    [Fact]
    public void A_wrong_passphrase_is_an_error_and_the_rest_goes_on()
    {
        Run("New-NatsStore ./mine -KeyPath ./mykeys | Out-Null; $lent.NATSKEYS_KEYS = \"$pwd/mykeys\"; Protect-NatsKeyStore ./mine -Passphrase "
            + "$q; (Get-NatsStore ./mine).Keys.Lock()");
        string message = Reports(
            "WrongPassphrase", "$s = @((Get-NatsStore ./mine -KeyPath ./mykeys), (Get-NatsStore) | Unlock-NatsKeyStore -Passphrase $p -PassThru)");
        Assert.Contains(PathOf("mykeys"), message, StringComparison.Ordinal);
        Holds("$s.Count -eq 1", "$s[0].Location -eq $storeRoot");
    }

    [Theory]
    [InlineData("NoPassphrase", "Unlock-NatsKeyStore")]
    [InlineData("NoPassphrase", "Unlock-NatsKeyStore -Passphrase ([securestring]::new())")]
    public void Without_a_passphrase_it_stays_locked(string id, string script)
    {
        Reports(id, script);
        StateIs("Locked");
    }

    [Theory]
    [InlineData("format: 1", "format: 1\nmore: 1", "KeyDamaged")]
    [InlineData("memory: 65536", "memory: 1073741824", "KeyDamaged")]
    [InlineData("memory: 65536", "memory: 65535", "WrongPassphrase")]
    [InlineData("format: 1", "format: 2", "StoreFormat")]
    public void A_header_that_was_altered_is_named(string stated, string altered, string id)
    {
        File.WriteAllText(Header, File.ReadAllText(Header).Replace(stated, altered, StringComparison.Ordinal));
        Assert.Contains(Header, Reports(id, "Unlock-NatsKeyStore -Passphrase $p"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_file_that_was_altered_is_named_and_no_other_key_signs()
    {
        string key = (string)Value("(Get-NatsOperator).Subject")!;
        string file = SeedFiles.Single(path => path.Contains(key, StringComparison.Ordinal));
        File.WriteAllText(file, File.ReadAllText(SeedFiles.Single(path => path != file)));
        Assert.Contains(file, Reports("KeyDamaged", "Unlock-NatsKeyStore -Passphrase $p; New-NatsAccount B"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_that_is_not_protected_is_a_warning()
    {
        Run("Unlock-NatsKeyStore -Passphrase $p; Unprotect-NatsKeyStore -Confirm:$false");
        Assert.Contains(Session.KeyRoot, Assert.Single(Run("Unlock-NatsKeyStore -Passphrase $p").Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unlocked_root_needs_no_passphrase_and_checks_one_that_is_given()
    {
        Run("Unlock-NatsKeyStore -Passphrase $p; Unlock-NatsKeyStore");
        Reports("WrongPassphrase", "Unlock-NatsKeyStore -Passphrase $q");
        StateIs("Unlocked");
    }

    [Fact]
    public void WhatIf_unlocks_nothing()
    {
        Run("Unlock-NatsKeyStore -Passphrase $p -WhatIf");
        StateIs("Locked");
    }
}
