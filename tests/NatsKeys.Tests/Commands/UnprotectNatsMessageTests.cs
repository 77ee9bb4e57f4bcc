using System.Text.Json.Nodes;

namespace NatsKeys.Tests.Commands;

public class UnprotectNatsMessageTests : ModuleTest
{
    private const string Open = "Unprotect-NatsMessage -From $x.PublicKey -Key $y";

    public UnprotectNatsMessageTests()
    {
        WriteFile("f.bin", "the plan 🙂");
        Run("$x = New-NatsKeyPair Curve; $y = New-NatsKeyPair Curve");
        Run("$sealed = Protect-NatsMessage -Path f.bin -To $y.PublicKey -Key $x; Protect-NatsMessage -Path f.bin -Destination f.xkv -To "
            + "$y.PublicKey -Key $x");
    }

    public static TheoryData<int> Sealed => [.. Enumerable.Range(0, Vectors.Cases("xkeys.json").Length)];

    [Theory]
    [MemberData(nameof(Sealed))]
    public void What_the_reference_sealed_opens_for_both(int index)
    {
        JsonObject entry = Vectors.Cases("xkeys.json")[index];
        File.WriteAllBytes(PathOf("sealed"), entry.Bytes("sealed_hex"));
        foreach ((string mine, string theirs) in new[] { ("recipient_seed", "sender_public"), ("sender_seed", "recipient_public") })
        {
            File.Delete(PathOf("opened"));
            Run("Unprotect-NatsMessage -Path sealed -Destination opened -From $from -Key $key", ("from", entry.Text(theirs)),
                ("key", entry.Text(mine)));
            Assert.Equal(entry.Bytes("plaintext_hex"), File.ReadAllBytes(PathOf("opened")));
        }
    }

    [Theory]
    [InlineData($"{Open} $sealed")]
    [InlineData($"{Open} -Message \"`n $sealed `n\"")]
    [InlineData($"$sealed | {Open}")]
    [InlineData($"{Open} -Path f.xkv")]
    [InlineData($"Set-Content sealed.txt $sealed; {Open} -Path sealed.txt")]
    [InlineData($"{Open} ([System.IO.File]::ReadAllBytes(\"$pwd/f.xkv\"))")]
    [InlineData($"Protect-NatsMessage -Path f.bin -To $y.PublicKey -Key $x -AsByteArray | {Open}")]
    [InlineData($"Set-Content marked.txt $sealed -Encoding utf8BOM; Get-Item marked.txt | {Open}")]
    [InlineData($"Set-Content marked.txt $sealed -Encoding unicode; Get-Item marked.txt | {Open}")]
    [InlineData("$sealed | Unprotect-NatsMessage -From $y.PublicKey -SigningKey $x.ToSeed()")]
    [InlineData("Import-NatsKeyPair -Seed $y.ToSeed() -Store (New-NatsStore $storeRoot) | Out-Null; $sealed | Unprotect-NatsMessage -From "
        + "$x.PublicKey -Key $y.PublicKey")]
    public void A_message_opens_in_every_form(string script)
    {
        Run($"$opened = & {{ {script} }}");
        Holds("$opened -is [string]", "$opened -ceq 'the plan 🙂'");
    }

    [Fact]
    public void Bytes_and_files_are_those_that_were_sealed()
    {
        byte[] bytes = [0, 255, 128, 10, 13, 0];
        File.WriteAllBytes(PathOf("raw"), bytes);
        Run("Protect-NatsMessage -Path raw -Destination raw.xkv -To $y.PublicKey -Key $x");
        Assert.Equal(bytes, Value($"{Open} -Path raw.xkv -AsByteArray"));
        Assert.Empty(Run($"{Open} -Path raw.xkv -Destination raw2").Output);
        Assert.Equal(bytes, File.ReadAllBytes(PathOf("raw2")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf("raw2")));
        }
    }

    [Fact]
    public void An_existing_file_is_replaced_only_with_Force()
    {
        WriteFile("mine", "mine");
        Assert.Contains(PathOf("mine"), Reports("FileExists", $"{Open} $sealed -Destination mine"), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(PathOf("mine")));
        Run($"{Open} $sealed -Destination mine -Force");
        Assert.Equal("the plan 🙂", File.ReadAllText(PathOf("mine")));
    }

    [Fact]
    public void A_message_that_does_not_open_replaces_no_file()
    {
        WriteFile("mine", "mine");
        Reports("CouldNotDecrypt", "Unprotect-NatsMessage $sealed -From $x.PublicKey -Key (New-NatsKeyPair Curve) -Destination mine -Force");
        Assert.Equal("mine", File.ReadAllText(PathOf("mine")));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(28)]
    [InlineData(50)]
    public void An_altered_message_does_not_open_and_the_rest_goes_on(int position)
    {
        Run($"$bytes = [Convert]::FromBase64String($sealed); $bytes[{position}] = $bytes[{position}] -bxor 1; $bad = "
            + "[Convert]::ToBase64String($bytes)");
        Reports("CouldNotDecrypt", $"$opened = $sealed, $bad, $sealed | {Open}");
        Holds("$opened.Count -eq 2");
    }

    [Theory]
    [InlineData("InvalidEncVersion", "$bytes[3] = 50")]
    [InlineData("InvalidEncrypted", "$bytes = $bytes[0..9]")]
    [InlineData("CouldNotDecrypt", "$bytes = $bytes[0..35]")]
    public void What_is_no_sealed_message_is_an_error(string id, string change)
    {
        Run($"$bytes = [Convert]::FromBase64String($sealed); {change}; [System.IO.File]::WriteAllBytes(\"$pwd/bad\", $bytes)");
        Reports(id, $"{Open} -Path bad");
        Reports(id, $"{Open} ([Convert]::ToBase64String($bytes))");
    }

    [Theory]
    [InlineData("InvalidEncrypted", "$sealed = 'no base64!'", "-From $x.PublicKey -Key $y")]
    [InlineData("InvalidSender", "", "-From garbage -Key $y")]
    [InlineData("InvalidSender", "", "-From (New-NatsKeyPair User).PublicKey -Key $y")]
    [InlineData("InvalidNKeyOperation", "", "-From $x.PublicKey -Key (New-NatsKeyPair Account)")]
    [InlineData("CannotOpen", "", "-From $x.PublicKey -Key $y.PublicKey")]
    [InlineData("CouldNotDecrypt", "", "-From $y.PublicKey -Key $y")]
    public void Keys_of_the_wrong_kind_are_errors(string id, string before, string keys) =>
        Reports(id, $"{before}; Unprotect-NatsMessage $sealed {keys}");

    [Fact]
    public void A_missing_file_and_store_are_errors()
    {
        Reports("FileNotFound", $"{Open} -Path none");
        Reports("StoreNotFound", "Unprotect-NatsMessage $sealed -From $x.PublicKey -Key $y.PublicKey -Store ./none");
    }
}
