using System.Text;

namespace NatsKeys.Tests.Commands;

public class ExportNatsStoreBackupTests : ModuleTest
{
    public ExportNatsStoreBackupTests() =>
        Run($"{Walkthrough}; Get-NatsUser | Export-NatsCredential; $x = New-NatsKeyPair Curve; $x | Export-NatsKeyPair x.nk");

    [Theory]
    [InlineData("$x")]
    [InlineData("$x.PublicKey")]
    [InlineData("./x.nk")]
    public void One_new_file_for_its_owner_alone_and_sealed(string recipient)
    {
        Holds(
            $"$f = Export-NatsStore o.backup -Recipient {recipient} -PassThru -WarningVariable w; $f -is [IO.FileInfo]",
            "$f.FullName -eq [IO.Path]::GetFullPath(\"$pwd/o.backup\")",
            "!$w");
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(PathOf("o.backup")));
        Assert.StartsWith($"natskeys-backup-1\n{Value("$x.PublicKey")}\n", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("S[OAUX][A-Z2-7]{20}", text[237..]);
        Assert.DoesNotContain("eyJ0eXAi", text[237..], StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal("600", Convert.ToString((int)File.GetUnixFileMode(PathOf("o.backup")), 8));
        }
    }

    [Fact]
    public void Nothing_else_is_written()
    {
        string[] before = Snapshot();
        Run("Export-NatsStore o.backup -Recipient $x");
        Assert.Equal([.. before.Append(PathOf("o.backup")).Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal)],
            Snapshot().Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void An_existing_file_is_replaced_with_Force_alone()
    {
        WriteFile("o.backup", "mine");
        Assert.Contains(PathOf("o.backup"), Reports("FileExists", "Export-NatsStore o.backup -Recipient $x"),
            StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(PathOf("o.backup")));
        Run("Export-NatsStore o.backup -Recipient $x -Force");
        Assert.StartsWith("natskeys-backup-1", File.ReadAllText(PathOf("o.backup")), StringComparison.Ordinal);
        Reports("FileExists", "Export-NatsStore store -Recipient $x -Force");
    }

    [Theory]
    [InlineData("InvalidRecipient", "(New-NatsKeyPair User)")]
    [InlineData("InvalidEncoding", "X")]
    public void A_recipient_is_a_curve_key(string id, string recipient)
    {
        Reports(id, $"Export-NatsStore out -Recipient {recipient}");
        Assert.False(Path.Exists(PathOf("out")));
    }

    [Theory]
    [InlineData("-AsNsc -Recipient $x")]
    [InlineData("-AsFolder -Recipient $x")]
    [InlineData("-AsNsc -AsFolder")]
    [InlineData("-AsNsc -Force")]
    [InlineData("-AsFolder -AllKeys")]
    public void What_belongs_to_another_form_is_no_parameter_of_it(string parameters) =>
        Refuses("AmbiguousParameterSet", $"Export-NatsStore out {parameters}");

    [Fact]
    public void WhatIf_writes_nothing() =>
        Assert.Empty(LeavesFilesAlone("Export-NatsStore o.backup -Recipient $x -PassThru -WhatIf").Output);

    [Fact]
    public void Keys_of_nobody_come_with_AllKeys_alone()
    {
        Run("New-NatsKeyPair Account | Export-NatsKeyPair spare.nk; Import-NatsKeyPair spare.nk -Store (Get-NatsStore) | Out-Null");
        Run("Export-NatsStore one -Recipient $x -WarningVariable w; Export-NatsStore two -Recipient $x -AllKeys "
            + "-WarningVariable v");
        Holds("\"$w\" -like '*were left out: 1.*'", "!$v");
        Run("$s = New-NatsStore -InMemory; $t = New-NatsStore -InMemory; Import-NatsStore one -Store $s -Key $x; Import-NatsStore two -Store $t "
            + "-Key $x");
        Holds("@(Get-NatsKeyPair -Store $s).Count -eq 5", "@(Get-NatsKeyPair -Store $t).Count -eq 6");
    }

    [Fact]
    public void What_cannot_be_read_is_an_error_and_no_backup_is_written()
    {
        string[] files = [.. Directory.GetFiles(PathOf("keys/keys/O"), "*.nk", SearchOption.AllDirectories)];
        Assert.All(files, file => File.WriteAllText(file, "no key"));
        WriteFile("o.backup", "the last good one");
        string[] before = Snapshot();
        Hosting.RunResult result = Session.Run("Export-NatsStore o.backup -Recipient $x -Force -PassThru");
        Assert.Equal(["NoSeedFound", "NoSeedFound"], result.ErrorIds);
        Assert.Empty(result.Output);
        Assert.Contains(result.Warnings, warning => warning.Contains(PathOf("o.backup"), StringComparison.Ordinal));
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void A_file_that_is_no_entity_is_in_the_backup_and_a_warning_says_so()
    {
        File.AppendAllText(PathOf("store/O2/accounts/A/users/U.yaml"), "no: [yaml");
        Run("Export-NatsStore o.backup -Recipient $x -WarningVariable w");
        Holds("\"$w\" -like '*user O2/A/U*'");
    }

    [Fact]
    public void A_warning_tells_of_the_key_that_lies_in_what_it_opens_and_of_a_store_without_entities()
    {
        Run("Import-NatsKeyPair x.nk -Store (Get-NatsStore) | Out-Null; Export-NatsStore o.backup -Recipient $x -WarningVariable w");
        Holds("@($w).Count -eq 1", "\"$w\" -like '*Keep a copy elsewhere*'");
        Run("Export-NatsStore m.backup -Recipient $x -Store (New-NatsStore -InMemory) -WarningVariable w");
        Holds("@($w).Count -eq 1", "\"$w\" -like '*has no operator*'");
    }

    [Fact]
    public void The_store_can_be_changed_afterwards()
    {
        Run("Export-NatsStore o.backup -Recipient $x");
        Run("New-NatsUser V -Account A | Out-Null; $s = New-NatsStore -InMemory; Import-NatsStore o.backup -Store $s -Key $x");
        Assert.Equal("U V", Value("(Get-NatsUser).Name -join ' '"));
        Assert.Equal("U", Value("(Get-NatsUser -Store $s).Name -join ' '"));
        Holds("Test-NatsStore");
    }
}
