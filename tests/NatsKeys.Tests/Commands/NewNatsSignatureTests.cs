using System.Text.Json.Nodes;

namespace NatsKeys.Tests.Commands;

public class NewNatsSignatureTests : ModuleTest
{
    public NewNatsSignatureTests()
    {
        Run("$k = New-NatsKeyPair User; $x = New-NatsKeyPair Curve; $hello = 'hello' | New-NatsSignature -SigningKey $k");
        WriteFile("f.txt", "hello");
    }

    public static TheoryData<int> Signatures => [.. Enumerable.Range(0, Vectors.Cases("signatures.json").Length)];

    [Theory]
    [MemberData(nameof(Signatures))]
    public void A_signature_of_a_file_is_that_of_the_reference(int index)
    {
        JsonObject entry = Vectors.Cases("signatures.json")[index];
        File.WriteAllBytes(PathOf("data"), entry.Bytes("message_hex"));
        object? signature = Run("New-NatsSignature data -SigningKey $seed", ("seed", entry.Text("seed"))).Single.BaseObject;
        Assert.Equal(entry.Text("signature_base64url"), signature);
    }

    [Theory]
    [InlineData("New-NatsSignature -Data hello -SigningKey $k")]
    [InlineData("New-NatsSignature f.txt -SigningKey $k")]
    [InlineData("New-NatsSignature -Path f.txt -SigningKey $k")]
    [InlineData("[System.IO.FileInfo] \"$pwd/f.txt\" | ForEach-Object { [pscustomobject] @{ PSPath = $_.FullName } } | New-NatsSignature "
        + "-SigningKey $k")]
    [InlineData("New-NatsSignature -Data ([byte[]] (104, 101, 108, 108, 111)) -SigningKey $k")]
    [InlineData(", [byte[]] (104, 101, 108, 108, 111) | New-NatsSignature -SigningKey $k")]
    [InlineData("'hello' | New-NatsSignature -SigningKey $k.ToSeed()")]
    [InlineData("'hello' | New-NatsSignature -SigningKey ($k | Export-NatsKeyPair -AsPlainText)")]
    [InlineData("$k | Export-NatsKeyPair k.nk; 'hello' | New-NatsSignature -SigningKey ./k.nk")]
    [InlineData("Import-NatsKeyPair -Seed $k.ToSeed() -Store (New-NatsStore $storeRoot) | Out-Null; 'hello' | New-NatsSignature -SigningKey "
        + "$k.PublicKey")]
    [InlineData("'hello' | New-NatsSignature -SigningKey { $g = [byte[]]::new(64); $k.Sign([byte[]] $_, $g); $g }")]
    public void Every_form_of_data_and_key_gives_the_same(string script)
    {
        Run($"$s = & {{ {script} }}");
        Holds(
            "$s -ceq $hello",
            "$s -is [string]",
            "$s.Length -eq 86");
    }

    [Fact]
    public void Text_is_UTF_8_and_a_path_is_taken_as_it_is_typed()
    {
        WriteFile("[a].txt", "Zürich 🙂");
        Holds("(New-NatsSignature '[a].txt' -SigningKey $k) -ceq ('Zürich 🙂' | New-NatsSignature -SigningKey $k)");
    }

    [Fact]
    public void An_empty_file_can_be_signed()
    {
        WriteFile("empty", "");
        Holds("(New-NatsSignature empty -SigningKey $k) -ceq (New-NatsSignature -Data '' -SigningKey $k)");
    }

    [Fact]
    public void A_missing_file_is_an_error_and_the_rest_goes_on()
    {
        Run("$paths = 'f.txt', 'none.txt', 'f.txt' | ForEach-Object { [pscustomobject] @{ PSPath = \"$pwd/$_\" } }");
        Assert.Contains(PathOf("none.txt"), Reports("FileNotFound", "$s = $paths | New-NatsSignature -SigningKey $k"), StringComparison.Ordinal);
        Holds("$s.Count -eq 2", "$s[1] -ceq $hello");
        Reports("FileAccess", "New-NatsSignature . -SigningKey $k");
    }

    [Theory]
    [InlineData("SigningKeyNotFound", "$k.PublicKey")]
    [InlineData("SigningKeyNotFound", "./none.nk")]
    [InlineData("SigningKeyNotFound", "(Import-NatsKeyPair public.nk)")]
    [InlineData("ExternalSigner", "{ 'garbage' }")]
    [InlineData("ExternalSigner", "{ throw 'the vault is closed' }")]
    public void A_signing_key_that_cannot_be_had_ends_the_pipeline(string id, string key)
    {
        WriteFile("public.nk", (string)Value("$k.PublicKey")!);
        Hosting.TerminatingErrorException error = Ends($"'a', 'b' | New-NatsSignature -SigningKey {key} -ErrorAction SilentlyContinue");
        Assert.Equal(id, error.ErrorId);
        Assert.Empty(error.Result.Output);
    }

    [Fact]
    public void A_curve_key_does_not_sign() => Reports("InvalidCurveKeyOperation", "New-NatsSignature f.txt -SigningKey $x");

    [Fact]
    public void The_store_that_is_named_has_the_key()
    {
        Run("$m = New-NatsStore -InMemory; Import-NatsKeyPair -Seed $k.ToSeed() -Store $m | Out-Null");
        Holds("(New-NatsSignature f.txt -SigningKey $k.PublicKey -Store $m) -ceq $hello");
        Reports("StoreNotFound", "New-NatsSignature f.txt -SigningKey $k -Store ./none");
    }

    [Fact]
    public void Nothing_is_written() => LeavesFilesAlone("New-NatsSignature f.txt -SigningKey $k");
}
