using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NatsKeys.Files;
using NatsKeys.KeyRoot;
using NatsKeys.Keys;
using NSec.Cryptography;

namespace NatsKeys.Core.Tests.Formats;

/// <summary>Headers and seed files that an earlier build made are read by the page that says how they are made, and by the module.</summary>
public class ProtectedKeyFormatTests
{
    private const string Vector = "protected-keys.json";
    private static readonly AeadAlgorithm Cipher = AeadAlgorithm.XChaCha20Poly1305;

    private readonly JsonObject vector = Vectors.Load(Vector);

    public static TheoryData<string, string> Headers => Vectors.Cases(Vector, "headers", "name");

    public static TheoryData<string, string> Seeds => Vectors.Cases(Vector, "seeds", "public_key");

    /// <summary>Reads a header as somebody does who has the page alone.</summary>
    [Theory]
    [MemberData(nameof(Headers))]
    public void A_header_is_as_the_page_says(string name, string json)
    {
        Assert.NotEmpty(name);
        JsonObject header = Vectors.Case(json);
        string[] lines = header.Text("file").TrimEnd('\n').Split('\n');
        string[][] members = [.. lines.Select(line => line.Split(": ")).Select(parts => new[] { parts[0], parts[1].Trim('\'') })];
        Assert.Equal(["format", "kdf", "memory", "passes", "parallelism", "salt", "id", "root_key"], members.Select(member => member[0]));
        string[] values = [.. members.Select(member => member[1])];

        var cost = new Argon2Parameters
        {
            MemorySize = int.Parse(values[2], CultureInfo.InvariantCulture),
            NumberOfPasses = int.Parse(values[3], CultureInfo.InvariantCulture),
            DegreeOfParallelism = int.Parse(values[4], CultureInfo.InvariantCulture),
        };
        byte[] passphrase = Encoding.UTF8.GetBytes(header.Text("passphrase"));
        using Key key = PasswordBasedKeyDerivationAlgorithm.Argon2id(cost).DeriveKey(passphrase, Base64Url.DecodeFromChars(values[5]), Cipher);
        byte[] associated = Encoding.UTF8.GetBytes(string.Concat(members.Take(7).Select(member => $"{member[0]}={member[1]}\n")));
        byte[] box = Base64Url.DecodeFromChars(values[7]);
        Assert.Equal(vector.Text("id"), values[6]);
        Assert.Equal(vector.Hex("root_key"), Cipher.Decrypt(key, box.AsSpan(0, 24), associated, box.AsSpan(24)));
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public void The_module_opens_a_header(string name, string json)
    {
        Assert.NotEmpty(name);
        JsonObject entry = Vectors.Case(json);
        ProtectionHeader header = ProtectionHeader.Read(Encoding.UTF8.GetBytes(entry.Text("file")));
        using Key? root = header.Unwrap(entry.Text("passphrase"));
        Assert.Equal(vector.Text("id"), header.Id);
        Assert.Equal(vector.Hex("root_key"), root?.Export(KeyBlobFormat.RawSymmetricKey));
        Assert.Equal(entry.Text("file"), Encoding.UTF8.GetString(header.ToBytes()));
        Assert.Null(header.Unwrap(entry.Text("passphrase") + "\0"));
    }

    /// <summary>Reads a seed file as somebody does who has the page alone.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_seed_file_is_as_the_page_says(string name, string json)
    {
        Assert.NotEmpty(name);
        JsonObject seed = Vectors.Case(json);
        Assert.StartsWith("natskeys-sealed-1:", seed.Text("file"), StringComparison.Ordinal);
        byte[] box = Base64Url.DecodeFromChars(seed.Text("file").AsSpan("natskeys-sealed-1:".Length));
        using Key root = Key.Import(Cipher, vector.Hex("root_key"), KeyBlobFormat.RawSymmetricKey);
        byte[]? opened = Cipher.Decrypt(root, box.AsSpan(0, 24), Encoding.ASCII.GetBytes(seed.Text("public_key")), box.AsSpan(24));
        Assert.Equal(98, box.Length);
        Assert.Equal(seed.Text("seed"), Encoding.ASCII.GetString(opened ?? []));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_module_opens_a_seed_file(string name, string json)
    {
        Assert.NotEmpty(name);
        JsonObject seed = Vectors.Case(json);
        using Key root = Key.Import(Cipher, vector.Hex("root_key"), KeyBlobFormat.RawSymmetricKey);
        using NatsKeyPair? opened = SealedKeyFormat.Open(root, seed.Text("public_key"), seed.Text("file"));
        char[] text = new char[KeyEncoding.SeedLength];
        Assert.NotNull(opened);
        opened.CopySeed(text);
        Assert.Equal(seed.Text("seed"), new string(text));
        Assert.Equal(seed.Text("public_key"), opened.PublicKey);
    }

    [Fact]
    public void The_page_names_the_constants_of_the_code() => Assert.Equal(
        new Dictionary<string, string>
        {
            ["Name of the header"] = ProtectionFile.FileName,
            ["Largest header"] = FormatPage.Number(FileKind.Protection.MaximumBytes),
            ["format"] = ProtectionHeader.Format,
            ["kdf"] = ProtectionHeader.Derivation,
            ["parallelism"] = FormatPage.Number(ProtectionCost.Parallelism),
            ["Least memory"] = FormatPage.Number(ProtectionCost.LeastMemory),
            ["Most memory"] = FormatPage.Number(ProtectionCost.MostMemory),
            ["Usual memory"] = FormatPage.Number(ProtectionCost.Usual.Memory),
            ["Least passes"] = FormatPage.Number(ProtectionCost.LeastPasses),
            ["Most passes"] = FormatPage.Number(ProtectionCost.MostPasses),
            ["Usual passes"] = FormatPage.Number(ProtectionCost.Usual.Passes),
            ["Length of salt"] = FormatPage.Number(ProtectionHeader.SaltLength),
            ["Length of id"] = FormatPage.Number(ProtectionHeader.IdLength),
            ["Length of the root key"] = FormatPage.Number(ProtectionHeader.KeyLength),
            ["Length of root_key"] = FormatPage.Number(ProtectionHeader.WrappedLength),
            ["Length of a nonce"] = FormatPage.Number(ProtectionHeader.NonceLength),
            ["Length of a tag"] = FormatPage.Number(Cipher.TagSize),
            ["Beginning of a seed file"] = SealedKeyFormat.Marker,
            ["What every version begins with"] = SealedKeyFormat.Marker[..SealedKeyFormat.FixedLength],
            ["Length of a seed"] = FormatPage.Number(KeyEncoding.SeedLength),
            ["Length of an encrypted seed"] = FormatPage.Number(SealedKeyFormat.BoxLength),
        },
        FormatPage.Constants("protected-keys.md"));
}
