namespace NatsKeys.Tests.Commands;

public class ProtectNatsKeyStoreTests : ProtectedKeysTest
{
    private const string Users = "New-NatsOperator O2 | Add-NatsSigningKey | New-NatsAccount A | Add-NatsSigningKey | New-NatsUser U | Out-Null";

    [Theory]
    [InlineData("Protect-NatsKeyStore -Passphrase $p")]
    [InlineData("Protect-NatsKeyStore (Get-NatsStore) -Passphrase $p")]
    [InlineData("Get-NatsStore | Protect-NatsKeyStore -Passphrase $p")]
    [InlineData("Protect-NatsKeyStore $storeRoot -Passphrase $p")]
    public void The_seeds_that_are_there_are_encrypted_and_work_as_before(string script)
    {
        Run(Users);
        Assert.Empty(Run(script).Output);
        Assert.Equal(5, SeedFiles.Length);
        HasNoSeed(Session.KeyRoot);
        StateIs("Unlocked");

        Run("New-NatsUser V -Account A | Out-Null; Set-NatsUser U -AddTag x; Get-NatsUser V | Export-NatsCredential V.creds");
        Holds("Test-NatsStore");
        Holds("@(Get-NatsKeyPair).Count -eq 6", "-not (Get-NatsKeyPair).Where({ -not $_.HasSeed })");
        HasNoSeed(Path.Combine(Session.KeyRoot, "keys"));
    }

    [Fact]
    public void A_root_without_keys_is_protected_for_those_that_come()
    {
        Run("Protect-NatsKeyStore -Passphrase $p; " + Users);
        HasNoSeed(Session.KeyRoot);
    }

    [Fact]
    public void Another_passphrase_takes_the_place_of_the_first_and_seeds_stay_as_they_are()
    {
        Run(Users + "; Protect-NatsKeyStore -Passphrase $p");
        string[] before = [.. SeedFiles.Select(File.ReadAllText)];
        Run("Protect-NatsKeyStore -Passphrase $q");
        Assert.Equal(before, SeedFiles.Select(File.ReadAllText));
        Reports("WrongPassphrase", $"{Lock}; Unlock-NatsKeyStore -Passphrase $p");
        Run("Unlock-NatsKeyStore -Passphrase $q; New-NatsUser V -Account A | Out-Null");
    }

    [Fact]
    public void A_locked_root_keeps_its_passphrase()
    {
        Run($"{Users}; Protect-NatsKeyStore -Passphrase $p; {Lock}");
        string[] before = Snapshot();
        Reports("KeyStoreLocked", "Protect-NatsKeyStore -Passphrase $q");
        Assert.Equal(before, Snapshot());
        Run($"$lent.NATSKEYS_PASSPHRASE = '{Passphrase}'; Protect-NatsKeyStore -Passphrase $q");
        Run($"{Lock}; Unlock-NatsKeyStore -Passphrase $q");
    }

    [Fact]
    public void What_was_interrupted_is_finished()
    {
        Run($"{Users}; Protect-NatsKeyStore -Passphrase $p");
        string key = (string)Value("(Get-NatsUser U).Subject")!;
        string file = SeedFiles.Single(path => path.Contains(key, StringComparison.Ordinal));
        Run($"Get-NatsKeyPair {key} | Export-NatsKeyPair ./plain.nk; {Lock}");
        File.Copy(PathOf("plain.nk"), file, overwrite: true);

        Holds($"(Get-NatsKeyPair {key}).HasSeed");
        Assert.Contains(Run("Protect-NatsKeyStore -Passphrase $p -Verbose").Verbose, line => line.EndsWith(": 1.", StringComparison.Ordinal));
        HasNoSeed(Session.KeyRoot);
        StateIs("Unlocked");
    }

    [Fact]
    public void A_file_that_is_no_seed_is_one_error_and_the_rest_is_encrypted()
    {
        Run(Users);
        string key = (string)Value("(Get-NatsUser U).Subject")!;
        string file = SeedFiles.Single(path => path.Contains(key, StringComparison.Ordinal));
        File.WriteAllText(file, AccountSeed);
        Assert.Contains(file, Reports("KeyConflict", "$s = Protect-NatsKeyStore -Passphrase $p -PassThru"), StringComparison.Ordinal);
        Holds("$null -eq $s");
        File.Delete(file);
        HasNoSeed(Session.KeyRoot);
    }

    [Fact]
    public void Credentials_stay_plain_and_that_is_told()
    {
        Run(Users + "; Get-NatsUser U | Export-NatsCredential");
        Assert.Contains(Path.Combine(Session.KeyRoot, "creds"), Assert.Single(Run("Protect-NatsKeyStore -Passphrase $p").Warnings),
            StringComparison.Ordinal);
        Holds("(Import-NatsCredential $keyRoot/creds/O2/A/U.creds).Name -eq 'U'");
    }

    [Fact]
    public void PassThru_gives_the_store_which_shows_that_it_is_protected()
    {
        Run("New-NatsStore $storeRoot | Out-Null");
        Assert.Matches(@"Protection\s+: Unlocked", Session.RunText("Protect-NatsKeyStore -Passphrase $p -PassThru"));
        Assert.Matches(@"Protection\s+: Locked", Session.RunText(Lock + "; Get-NatsStore"));
    }

    [Theory]
    [InlineData("NoPassphrase", "Protect-NatsKeyStore")]
    [InlineData("NoPassphrase", "Protect-NatsKeyStore -Passphrase ([securestring]::new())")]
    [InlineData("CannotProtect", "New-NatsStore -InMemory | Protect-NatsKeyStore -Passphrase $p")]
    [InlineData("StoreNotFound", "Protect-NatsKeyStore ./none -Passphrase $p")]
    public void What_cannot_be_protected_is_an_error_and_nothing_is_written(string id, string script)
    {
        Reports(id, script);
        Assert.Empty(Snapshot());
    }

    [Fact]
    public void An_encrypted_file_is_a_key_by_its_path_where_its_root_is_unlocked()
    {
        Run(Users + "; Protect-NatsKeyStore -Passphrase $p");
        Run("$sk = (Get-NatsSigningKey -Account A).PublicKey; $nk = \"$keyRoot/keys/A/$($sk.Substring(1, 2))/$sk.nk\"");
        Run("New-NatsUser V -Account A -SigningKey $nk | Out-Null; $k = Import-NatsKeyPair $nk");
        Holds("(Get-NatsUser V).Issuer -eq $sk", "$k.HasSeed");
        Assert.Contains("Unlock-NatsKeyStore", Refuses("KeyStoreLocked", $"{Lock}; New-NatsUser W -Account A -SigningKey $nk"),
            StringComparison.Ordinal);
        Reports("KeyStoreLocked", "Import-NatsKeyPair $nk");
    }

    [Fact]
    public void What_is_written_for_nsc_is_plain_and_what_is_read_from_there_is_encrypted()
    {
        Run(Users + "; Protect-NatsKeyStore -Passphrase $p; Export-NatsStore ./nsc -AsNsc");
        string[] written = Directory.GetFiles(PathOf("nsc"), "*.nk", SearchOption.AllDirectories);
        Assert.Equal(SeedFiles.Select(Path.GetFileName).Order(StringComparer.Ordinal),
            written.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(written, file => Assert.Matches("^" + SeedText.Pattern() + "$", File.ReadAllText(file)));

        Run("$s = New-NatsStore ./mine -KeyPath ./mykeys -ProtectKeys -Passphrase $q; Import-NatsStore ./nsc -Store $s");
        HasNoSeed(PathOf("mykeys/keys"));
        Holds("@(Get-NatsKeyPair -Store $s).Count -eq 5", "(Test-NatsStore $s)");
    }

    [Fact]
    public void Neither_seed_nor_passphrase_is_seen()
    {
        const string streams = "$VerbosePreference = 'Continue'; $DebugPreference = 'Continue'; $InformationPreference = 'Continue'\n";
        string seen = SeenOf(
            $"""
            {streams}{Users}
            Protect-NatsKeyStore -Passphrase $p -PassThru
            Protect-NatsKeyStore -Passphrase $q -WhatIf
            Unlock-NatsKeyStore -Passphrase $p
            Unlock-NatsKeyStore -Passphrase $q
            {Lock}
            Unlock-NatsKeyStore -Passphrase $q
            New-NatsUser V -Account A
            New-NatsStore ./other -ProtectKeys -Passphrase $q
            Get-NatsKeyPair
            Unlock-NatsKeyStore -Passphrase $p
            Get-NatsStore
            Unprotect-NatsKeyStore -Confirm:$false
            """);
        Assert.Contains("is protected", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(Passphrase, seen, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Other, seen, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(SeedText.Pattern(), seen);
    }

    [Fact]
    public void WhatIf_writes_nothing_and_tells_how_many()
    {
        Run(Users);
        LeavesFilesAlone("Protect-NatsKeyStore -Passphrase $p -WhatIf");
        StateIs("None");
        Assert.Contains("existing seeds: 5", Session.RunText("Protect-NatsKeyStore -Passphrase $p -WhatIf"), StringComparison.Ordinal);
        Run("Protect-NatsKeyStore -Passphrase $p");
        LeavesFilesAlone("Protect-NatsKeyStore -Passphrase $q -WhatIf");
    }
}
