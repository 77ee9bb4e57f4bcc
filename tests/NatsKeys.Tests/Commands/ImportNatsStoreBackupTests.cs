namespace NatsKeys.Tests.Commands;

public class ImportNatsStoreBackupTests : ModuleTest
{
    private const string Target = "$lent.NATSKEYS_KEYS = \"$pwd/newkeys\"; $s = New-NatsStore new;";

    public ImportNatsStoreBackupTests()
    {
        Run($"{Walkthrough}; Get-NatsUser | Export-NatsCredential; $x = New-NatsKeyPair Curve; $x | Export-NatsKeyPair x.nk");
        File.AppendAllText(PathOf("store/O2/accounts/A/account.yaml"), "# mine\n");
        Run($"Export-NatsStore o.backup -Recipient $x; {Target}");
    }

    [Theory]
    [InlineData("$x")]
    [InlineData("$x.ToSeed()")]
    [InlineData("($x | Export-NatsKeyPair -AsPlainText)")]
    [InlineData("./x.nk")]
    public void Everything_comes_back_byte_for_byte(string key)
    {
        Assert.Empty(Run($"Import-NatsStore o.backup -Store $s -Key {key}").Output);
        Assert.Equal(Files("store"), Files("new"));
        Assert.Equal(Files("keys"), Files("newkeys"));
        Holds("Test-NatsStore $s");
    }

    [Fact]
    public void Without_Key_the_key_root_of_the_store_has_it()
    {
        string message = Reports("KeyNotFound", "Import-NatsStore o.backup -Store $s");
        Assert.Contains((string)Value("$x.PublicKey")!, message, StringComparison.Ordinal);
        Assert.Contains(PathOf("o.backup"), message, StringComparison.Ordinal);
        Run("Import-NatsKeyPair x.nk -Store $s | Out-Null; Import-NatsStore o.backup -Store $s");
        Assert.Equal(Files("store"), Files("new"));
    }

    [Fact]
    public void A_public_key_stands_for_the_seed_in_the_key_root()
    {
        Reports("KeyNotFound", "Import-NatsStore o.backup -Store $s -Key $x.PublicKey");
        Run("Import-NatsKeyPair x.nk -Store $s | Out-Null; Import-NatsStore o.backup -Store $s -Key $x.PublicKey");
        Assert.Equal(Files("store"), Files("new"));
    }

    [Fact]
    public void Any_name_will_do_and_a_backup_comes_down_the_pipeline()
    {
        File.Move(PathOf("o.backup"), PathOf("[o].jwt"));
        Run("[System.IO.FileInfo] \"$pwd/[o].jwt\" | ForEach-Object FullName | ForEach-Object { Import-NatsStore -LiteralPath $_ -Store $s -Key "
            + "$x }");
        Assert.Equal(Files("store"), Files("new"));
    }

    [Fact]
    public void PassThru_gives_each_entity_after_the_one_above()
    {
        Run("$all = Import-NatsStore o.backup -Store $s -Key $x -PassThru");
        Holds(
            "\"$($all.Name)\" -eq 'O2 A U'",
            "$all[0] -is [NatsKeys.Store.NatsOperator]",
            "$all[2].State -eq 'Signed'");
        Holds("@(Import-NatsStore o.backup -Store $s -Key $x -PassThru).Count -eq 3");
    }

    [Fact]
    public void WhatIf_lists_what_would_be_restored_and_writes_nothing()
    {
        string[] before = Snapshot();
        string text = Session.RunText("Import-NatsStore o.backup -Store $s -Key $x -WhatIf -PassThru");
        Assert.Equal(before, Snapshot());
        Assert.Contains("operator O2 from", text, StringComparison.Ordinal);
        Assert.Contains("user O2/A/U from", text, StringComparison.Ordinal);
        Assert.Contains($"key {Value("(Get-NatsUser U).Subject")} from", text, StringComparison.Ordinal);
        Assert.Contains("credentials of user O2/A/U from", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_again_is_no_error_and_writes_nothing()
    {
        Run("Import-NatsStore o.backup -Store $s -Key $x");
        LeavesFilesAlone("Import-NatsStore o.backup -Store $s -Key $x");
    }

    [Fact]
    public void What_was_changed_since_is_one_error_and_Force_restores_it()
    {
        Run("Import-NatsStore o.backup -Store $s -Key $x; Get-NatsAccount A -Store $s | Set-NatsAccount -Description new");
        Assert.Contains("account O2/A", Reports("EntityExists", "Import-NatsStore o.backup -Store $s -Key $x"), StringComparison.Ordinal);
        Holds("(Get-NatsAccount A -Store $s).Claims.Description -eq 'new'");
        Run("Import-NatsStore o.backup -Store $s -Key $x -Force");
        Assert.Equal(Files("store"), Files("new"));
    }

    [Fact]
    public void Another_operator_of_the_name_stays_and_gets_nothing_below_it()
    {
        Run("New-NatsOperator O2 -Store $s | Out-Null");
        Assert.Contains("operator O2", Reports("EntityExists", "Import-NatsStore o.backup -Store $s -Key $x"), StringComparison.Ordinal);
        Holds("!(Get-NatsAccount -Store $s)");
    }

    [Fact]
    public void An_altered_or_cut_backup_and_one_for_somebody_else_restore_nothing()
    {
        byte[] good = File.ReadAllBytes(PathOf("o.backup"));
        byte[] bad = [.. good];
        bad[^5000] ^= 1;
        File.WriteAllBytes(PathOf("bad.backup"), bad);
        File.WriteAllBytes(PathOf("cut.backup"), good[..^100]);
        string[] before = Snapshot();
        Assert.Contains(PathOf("bad.backup"), Reports("InvalidBackup", "Import-NatsStore bad.backup -Store $s -Key $x"), StringComparison.Ordinal);
        Assert.Contains(PathOf("cut.backup"), Reports("InvalidBackup", "Import-NatsStore cut.backup -Store $s -Key $x"), StringComparison.Ordinal);
        Assert.Contains(PathOf("o.backup"), Reports("CouldNotDecrypt", "Import-NatsStore o.backup -Store $s -Key (New-NatsKeyPair Curve)"),
            StringComparison.Ordinal);
        Reports("CouldNotDecrypt", "Import-NatsStore o.backup -Store $s -Key (New-NatsKeyPair User)");
        Assert.Equal(before, Snapshot());
        Reports("InvalidBackup", "Import-NatsStore bad.backup, o.backup -Store $s -Key $x");
        Assert.Equal(Files("store"), Files("new"));
    }

    [Fact]
    public void A_backup_is_not_taken_out_of_a_folder()
    {
        Directory.CreateDirectory(PathOf("old"));
        File.Move(PathOf("o.backup"), PathOf("old/o.backup"));
        Reports("FileNotFound", "Import-NatsStore old -Store $s -Key $x");
        Run("Import-NatsStore old/*.backup -Store $s -Key $x");
        Assert.Equal(Files("store"), Files("new"));
    }

    [Fact]
    public void A_key_without_a_backup_is_of_no_use_and_a_warning_says_so()
    {
        Run("Export-NatsStore nsc -AsNsc; Import-NatsStore nsc -Store $s -Key $x -WarningVariable w");
        Holds("\"$w\" -like '*-Key was not used*'");
    }

    [Fact]
    public void No_seed_is_shown()
    {
        string text = Session.RunText(
            "Import-NatsStore o.backup -Store $s -Key $x -PassThru -Verbose *>&1 | Format-List *; Import-NatsStore o.backup -Store $s -Key $x "
                + "-WhatIf *>&1; Import-NatsStore o.backup -Store $s -Key ./none.nk *>&1");
        Assert.NotEmpty(text);
        Assert.DoesNotMatch(SeedText.Pattern(), text);
    }

    private string[] Files(string folder) =>
    [
        .. Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != ".natskeys.lock")
            .Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(PathOf(folder), file)} {Convert.ToHexString(File.ReadAllBytes(file))}"),
    ];
}
