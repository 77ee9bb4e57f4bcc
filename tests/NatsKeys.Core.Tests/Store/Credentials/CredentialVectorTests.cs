using System.Text;
using System.Text.Json.Nodes;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Store;

public class CredentialVectorTests
{
    /// <summary>Files that this reader understands and the reference does not (spec: nkeys, section 7, recommended reader).</summary>
    private static readonly Dictionary<string, string> MoreThanTheReference = new()
    {
        ["cr-only"] = "a CR alone ends a line too",
        ["two-dashes"] = "a token and a seed on lines of their own are found without any block",
        ["indented-token"] = "lines are trimmed",
        ["token-trailing-space"] = "lines are trimmed",
        ["header-trailing-space"] = "the lines around token and seed are not looked at",
        ["seed-first"] = "token and seed are told apart by what they are, not by their order",
    };

    /// <summary>What every other file that the reference cannot use as credentials is refused with.</summary>
    private static readonly Dictionary<string, ErrorCode> Refusals = new()
    {
        ["jwt-only-no-newline"] = ErrorCode.NoSeedFound,
        ["wrapped-token"] = ErrorCode.TokenMalformed,
        ["seed-block-only"] = ErrorCode.InvalidCredential,
        ["bare-seed"] = ErrorCode.InvalidCredential,
        ["bare-seed-indented"] = ErrorCode.InvalidCredential,
        ["bare-seed-trailing-space"] = ErrorCode.InvalidCredential,
        ["bare-token"] = ErrorCode.NoSeedFound,
        ["bare-token-newline"] = ErrorCode.NoSeedFound,
        ["account-seed"] = ErrorCode.IncompatibleKey,
        ["operator-seed"] = ErrorCode.IncompatibleKey,
        ["server-seed"] = ErrorCode.IncompatibleKey,
        ["curve-seed"] = ErrorCode.IncompatibleKey,
        ["equals-in-token"] = ErrorCode.TokenMalformed,
        ["empty"] = ErrorCode.InvalidCredential,
        ["utf16"] = ErrorCode.InvalidCredential,
    };

    /// <summary>Tokens whose block differs from the reference's, with the reason.</summary>
    private static readonly Dictionary<string, string> OtherBlocks = new()
    {
        ["generic"] = "the reference's typed reader cannot verify generic tokens of version 2; here they are read",
    };

    public static TheoryData<string, string> Formats => Vectors.Cases("creds.json", "format", "id");

    public static TheoryData<string, string> TokenBlocks => Vectors.Cases("creds.json", "decorate_jwt", "token_name");

    public static TheoryData<string, string> SeedBlocks => Vectors.Cases("creds.json", "decorate_seed", "key");

    public static TheoryData<string, string> Files => Vectors.Cases("creds.json", "read", "id");

    [Fact]
    public void The_file_is_the_reference_s_to_the_byte()
    {
        byte[] expected = File.ReadAllBytes(Vectors.Path("user-min.creds"));
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed("U1"));
        byte[] written = Encoding.UTF8.GetBytes(CredentialFormat.Write(Tokens.Exact("user-min"), key));

        Assert.Equal(expected, written);
        Assert.Equal(Vectors.Load("creds.json").Text("canonical"), Encoding.UTF8.GetString(written));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Only_a_user_s_token_with_its_own_seed_is_written(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        (string token, string seed, ErrorCode? error) = vector.Text("id") switch
        {
            "ok" => (Tokens.Exact("user-min"), Vectors.Seed("U1"), (ErrorCode?)null),

            // Here a key is given, not a text, and reading it has trimmed the seed: what the reference trips over cannot come up.
            "seed-with-spaces" => (Tokens.Exact("user-min"), $"  {Vectors.Seed("U1")}  ", null),
            "seed-with-newline" => (Tokens.Exact("user-min"), Vectors.Seed("U1") + "\n", null),
            "wrong-seed" => (Tokens.Exact("user-min"), Vectors.Seed("U2"), ErrorCode.InvalidCredential),
            "account-seed" => (Tokens.Exact("user-min"), Vectors.Seed("A1"), ErrorCode.InvalidCredential),
            "account-token" => (Tokens.Exact("account-min"), Vectors.Seed("A1"), ErrorCode.InvalidCredential),
            "bad-token" => (Tokens.Tampered(Tokens.Exact("user-min")), Vectors.Seed("U1"), ErrorCode.TokenSignature),
            "expired-token" => (Tokens.User(expires: 1_000_000_000), Vectors.Seed("U1"), null),
            _ => throw new InvalidOperationException($"{id} is new"),
        };

        using NatsKeyPair key = NatsKeyPair.FromSeed(seed);
        if (error is null)
        {
            Assert.StartsWith("-----BEGIN NATS USER JWT-----\n" + token + "\n", new string(CredentialFormat.Write(token, key)),
                StringComparison.Ordinal);
        }
        else
        {
            Refused.With(error.Value, () => CredentialFormat.Write(token, key));
        }

        Assert.Equal(error is null, vector.Text("result") == "accepted" || vector.Text("id") == "seed-with-spaces");
    }

    [Theory]
    [MemberData(nameof(TokenBlocks))]
    public void Token_blocks_are_the_reference_s(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        string token = vector["text"]?.ToString().Split('\n')[1] ?? Tokens.Exact(vector.Text("token_name"));
        string block = CredentialFormat.TokenBlock(JwtReader.Read(token));

        bool differs = OtherBlocks.ContainsKey(vector.Text("token_name"));
        Assert.True(differs != (vector.Text("text") == block), $"{id}: {block}");
        Assert.True(!differs || block.StartsWith("-----BEGIN NATS  JWT-----\n", StringComparison.Ordinal), id);
    }

    [Theory]
    [MemberData(nameof(SeedBlocks))]
    public void Seed_blocks_are_the_reference_s(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed(vector.Text("key")));
        if (vector.Text("result") == "refused")
        {
            Refused.With(ErrorCode.IncompatibleKey, () => CredentialFormat.SeedBlock(key));
            return;
        }

        Assert.True(vector.Text("text") == new string(CredentialFormat.SeedBlock(key)), id);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Files_are_read_as_the_reference_reads_them_or_better(string number, string json)
    {
        JsonObject vector = Vectors.Case(json);
        string id = vector.Text("id");
        string text = Encoding.UTF8.GetString(Convert.FromBase64String(vector.Text("content_base64")));
        bool understood = vector.Flag("jwt_decodes") && vector["user_seed"] is not null;
        Assert.False(understood && MoreThanTheReference.ContainsKey(id), $"{number}: the reference reads it too");

        if (!understood && !MoreThanTheReference.ContainsKey(id))
        {
            NatsKeysException error = Refused.With(Refusals[id], () => CredentialFormat.Read(text).Dispose());
            Assert.DoesNotContain(Vectors.Seed("U1"), error.Message, StringComparison.Ordinal);
            return;
        }

        using NatsCredential read = CredentialFormat.Read(text);
        var seed = new char[KeyEncoding.SeedLength];
        read.KeyPair.CopySeed(seed);
        Assert.Equal(understood ? vector.Text("jwt_text").Trim() : Tokens.Exact("user-min"), read.Token.Token);
        Assert.Equal(understood ? vector.Text("user_seed").Trim() : Vectors.Seed("U1"), new string(seed));
        Assert.Equal(id != "wrong-seed", read.Matches);
    }
}
