namespace NatsKeys.Tests.Commands;

public class ProtectNatsMessageTests : ModuleTest
{
    public ProtectNatsMessageTests()
    {
        WriteFile("f.bin", "the plan");
        Run("$x = New-NatsKeyPair Curve; $y = New-NatsKeyPair Curve; function Open { process { $_ | Unprotect-NatsMessage -From $x.PublicKey -Key "
            + "$y } }");
    }

    [Theory]
    [InlineData("Protect-NatsMessage 'the plan' -To $y.PublicKey -Key $x")]
    [InlineData("Protect-NatsMessage -Message 'the plan' -To $y.PublicKey -SigningKey $x")]
    [InlineData("'the plan' | Protect-NatsMessage -To $y.PublicKey -Key $x.ToSeed()")]
    [InlineData("'the plan' | Protect-NatsMessage -To $y.PublicKey -Key ($x | Export-NatsKeyPair -AsPlainText)")]
    [InlineData("$x | Export-NatsKeyPair x.nk; 'the plan' | Protect-NatsMessage -To $y.PublicKey -Key ./x.nk")]
    [InlineData("Import-NatsKeyPair -Seed $x.ToSeed() -Store (New-NatsStore $storeRoot) | Out-Null; 'the plan' | Protect-NatsMessage -To "
        + "$y.PublicKey -Key $x.PublicKey")]
    [InlineData("Protect-NatsMessage -Path f.bin -To $y.PublicKey -Key $x")]
    [InlineData("Protect-NatsMessage ([System.IO.File]::ReadAllBytes(\"$pwd/f.bin\")) -To $y.PublicKey -Key $x")]
    [InlineData("Protect-NatsMessage -Path f.bin -To $y.PublicKey -Key $x -AsByteArray")]
    public void What_is_sealed_can_be_opened(string script)
    {
        Run($"$sealed = & {{ {script} }}");
        Run("if ($sealed -isnot [string]) { $sealed = [Convert]::ToBase64String($sealed) }");
        Holds("($sealed | Open) -ceq 'the plan'");
    }

    [Fact]
    public void Text_is_base64_and_bytes_begin_with_the_version()
    {
        Run("$text = Protect-NatsMessage 'a' -To $y.PublicKey -Key $x; $bytes = Protect-NatsMessage 'a' -To $y.PublicKey -Key $x -AsByteArray");
        Holds(
            "$text -is [string]",
            "$text -clike 'eGt2M*'",
            "$bytes -is [byte[]]",
            "$bytes.Length -eq 45",
            "\"$($bytes[0..3])\" -eq '120 107 118 49'");
        Holds("$text -cne (Protect-NatsMessage 'a' -To $y.PublicKey -Key $x)");
    }

    [Fact]
    public void Destination_is_a_new_file_of_bytes_for_its_owner_alone()
    {
        Assert.Empty(Run("Protect-NatsMessage -Path f.bin -Destination out.xkv -To $y.PublicKey -Key $x").Output);
        Assert.Equal("xkv1"u8.ToArray(), File.ReadAllBytes(PathOf("out.xkv"))[..4]);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf("out.xkv")));
        }
    }

    [Fact]
    public void An_existing_file_is_replaced_only_with_Force()
    {
        WriteFile("mine", "mine");
        Assert.Contains(PathOf("mine"), Reports("FileExists", "Protect-NatsMessage a -Destination mine -To $y.PublicKey -Key $x"),
            StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(PathOf("mine")));
        Run("Protect-NatsMessage a -Destination mine -To $y.PublicKey -Key $x -Force");
        Assert.StartsWith("xkv1", File.ReadAllText(PathOf("mine")), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_writes_nothing() =>
        Assert.Empty(LeavesFilesAlone("Protect-NatsMessage a -Destination out -To $y.PublicKey -Key $x -WhatIf").Output);

    [Fact]
    public void Empty_text_can_be_sealed() => Holds("(Protect-NatsMessage '' -To $y.PublicKey -Key $x | Open) -ceq ''");

    [Theory]
    [InlineData("InvalidRecipient", "-To garbage -Key $x")]
    [InlineData("InvalidRecipient", "-To (New-NatsKeyPair User).PublicKey -Key $x")]
    [InlineData("InvalidNKeyOperation", "-To $y.PublicKey -Key (New-NatsKeyPair User)")]
    [InlineData("CannotSeal", "-To $y.PublicKey -Key $x.PublicKey")]
    public void Keys_of_the_wrong_kind_are_errors(string id, string keys) => Reports(id, $"Protect-NatsMessage a {keys}");

    [Theory]
    [InlineData("FileNotFound", "-Path none")]
    [InlineData("FileAccess", "-Path .")]
    [InlineData("InvalidPath", "-Message a -Destination env:x")]
    public void Files_that_are_none_are_errors(string id, string file) => Reports(id, $"Protect-NatsMessage {file} -To $y.PublicKey -Key $x");

    [Fact]
    public void The_store_that_is_named_has_the_key()
    {
        Run("$m = New-NatsStore -InMemory; Import-NatsKeyPair -Seed $x.ToSeed() -Store $m | Out-Null");
        Holds("(Protect-NatsMessage a -To $y.PublicKey -Key $x.PublicKey -Store $m | Open) -ceq 'a'");
        Reports("StoreNotFound", "Protect-NatsMessage a -To $y.PublicKey -Key $x.PublicKey -Store ./none");
    }

    [Fact]
    public void A_file_in_the_pipeline_is_sealed_by_what_is_in_it_and_not_by_its_name()
    {
        Run("$sealed = [System.IO.FileInfo] \"$pwd/f.bin\" | Protect-NatsMessage -To $y.PublicKey -Key $x");
        Run("$bytes = Unprotect-NatsMessage $sealed -From $x.PublicKey -Key $y -AsByteArray");
        Assert.Equal(File.ReadAllBytes(PathOf("f.bin")), (byte[])Value(", $bytes")!);
    }
}
