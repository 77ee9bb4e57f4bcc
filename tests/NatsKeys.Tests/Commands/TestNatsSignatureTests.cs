using System.Text.Json.Nodes;

namespace NatsKeys.Tests.Commands;

public class TestNatsSignatureTests : ModuleTest
{
    public TestNatsSignatureTests()
    {
        WriteFile("f.txt", "hello");
        Run("$k = New-NatsKeyPair User; $pub = $k.PublicKey; $s = New-NatsSignature f.txt -SigningKey $k; "
            + "[System.IO.File]::WriteAllText(\"$pwd/f.sig\", \"$s`n\"); $k | Export-NatsKeyPair k.nk");
        Run("$padded = [Convert]::ToBase64String([Convert]::FromBase64String($s.Replace('-', '+').Replace('_', '/') + '=='))");
    }

    public static TheoryData<int> Signatures => [.. Enumerable.Range(0, Vectors.Cases("signatures.json").Length)];

    public static TheoryData<string> Negative => [.. Vectors.Cases("signatures.json", "negative").Select(entry => entry.Text("id"))];

    [Theory]
    [MemberData(nameof(Signatures))]
    public void The_signatures_of_the_reference_are_good(int index)
    {
        JsonObject entry = Vectors.Cases("signatures.json")[index];
        File.WriteAllBytes(PathOf("data"), entry.Bytes("message_hex"));
        object? answer = Run("Test-NatsSignature data $sig $key", ("sig", entry.Text("signature_base64url")), ("key", entry.Text("public")))
            .Single.BaseObject;
        Assert.Equal(true, answer);
    }

    [Theory]
    [MemberData(nameof(Negative))]
    public void Signatures_that_the_reference_refuses_are_refused(string id)
    {
        JsonObject entry = Vectors.Cases("signatures.json", "negative").Single(entry => entry.Text("id") == id);
        File.WriteAllBytes(PathOf("data"), entry.Bytes("message_hex"));
        Hosting.RunResult result = Session.Run(
            "Test-NatsSignature data $sig $key", ("sig", Convert.ToBase64String(entry.Bytes("signature_hex"))), ("key", entry.Text("public")));

        // What is no signature by its length is an error instead of an answer.
        Assert.Equal(entry["verifies"]!.GetValue<bool>(), result.Output.Count == 1 && result.Output[0].BaseObject is true);
        Assert.True(result.Output.Count == 1 || result.Errors.Count == 1);
    }

    [Theory]
    [InlineData("Test-NatsSignature f.txt $s $pub")]
    [InlineData("Test-NatsSignature -Path f.txt -Signature f.sig -PublicKey $pub")]
    [InlineData("[System.IO.File]::WriteAllText(\"$pwd/w.sig\", \"$s`n\", [System.Text.Encoding]::Unicode); Test-NatsSignature -Path f.txt "
        + "-Signature w.sig -PublicKey $pub")]
    [InlineData("Test-NatsSignature f.txt $padded $k")]
    [InlineData("Test-NatsSignature f.txt \" $s `n\" ./k.nk")]
    [InlineData("Test-NatsSignature -Data hello -Signature $s -PublicKey $k.ToSeed()")]
    [InlineData("'hello' | Test-NatsSignature -Signature $s -PublicKey $pub")]
    [InlineData("'hello' | Test-NatsSignature $s $pub")]
    [InlineData("'hello' | Test-NatsSignature -PublicKey $pub $s")]
    [InlineData("Test-NatsSignature -Data hello $s $pub")]
    [InlineData("Test-NatsSignature -Path f.txt $s $pub")]
    [InlineData("[System.IO.FileInfo] \"$pwd/f.txt\" | Test-NatsSignature $s $pub")]
    [InlineData("[pscustomobject] @{ PSPath = \"$pwd/f.txt\" } | Test-NatsSignature -Signature ./f.sig -PublicKey $pub")]
    [InlineData("Test-NatsSignature -Data ([byte[]] (104, 101, 108, 108, 111)) -Signature $s -PublicKey $pub")]
    public void A_good_signature_is_true_in_every_form(string script) => Assert.Equal(true, Value(script));

    [Theory]
    [InlineData("'hallo' | Test-NatsSignature -Signature $s -PublicKey $pub")]
    [InlineData("Test-NatsSignature f.txt $s (New-NatsKeyPair User)")]
    [InlineData("Test-NatsSignature f.txt ('A' * 86) $pub")]
    [InlineData("[System.IO.File]::AppendAllText(\"$pwd/f.txt\", 'x'); Test-NatsSignature f.txt f.sig $pub")]
    public void Another_key_text_or_signature_is_false(string script) => Assert.Equal(false, Value(script));

    [Theory]
    [InlineData("InvalidSignature", "Test-NatsSignature f.txt f.txt $pub")]
    [InlineData("FileNotFound", "Test-NatsSignature f.txt none.sig $pub")]
    [InlineData("FileNotFound", "Test-NatsSignature none.txt $s $pub")]
    [InlineData("InvalidCurveKeyOperation", "Test-NatsSignature f.txt $s (New-NatsKeyPair Curve)")]
    [InlineData("InvalidChecksum", "Test-NatsSignature f.txt $s UAB2CB576PHBBPQ5ODORRZ2LYCMWPZGWGCN2KDK7DXOIMZASKUY3RLKA")]
    public void What_cannot_be_answered_is_an_error(string id, string script) => Reports(id, script);

    [Fact]
    public void A_missing_file_is_an_error_and_the_rest_goes_on()
    {
        Run("$paths = 'f.txt', 'none.txt', 'f.sig' | ForEach-Object { [pscustomobject] @{ PSPath = \"$pwd/$_\" } }");
        Assert.Contains(PathOf("none.txt"), Reports("FileNotFound", "$answers = $paths | Test-NatsSignature -Signature $s -PublicKey $pub"),
            StringComparison.Ordinal);
        Holds("\"$answers\" -eq 'True False'");
    }

    [Fact]
    public void No_store_is_touched() => LeavesFilesAlone("Test-NatsSignature f.txt $s $pub");
}
