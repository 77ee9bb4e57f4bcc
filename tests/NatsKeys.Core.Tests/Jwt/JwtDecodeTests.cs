using System.Text.Json.Nodes;
using NatsKeys.Jwt;

namespace NatsKeys.Core.Tests.Jwt;

/// <summary>
/// Broken and odd tokens: what the reference refuses is refused for the same reason, and what it takes is taken, but for the cases named here.
/// </summary>
public class JwtDecodeTests
{
    /// <summary>What the reference takes and we refuse, with the reason.</summary>
    private static readonly Dictionary<string, string> Stricter = new()
    {
        ["noncanonical-signature"] = "one signature has one spelling",
        ["newline-in-signature"] = "white space is trimmed around a token, not taken inside it",
        ["header-member-case"] = "a member in the wrong case is overlooked by people",
        ["header-duplicate-alg-2"] = "of two members of one name a person sees the other one",
        ["old-alg-v2-claims-v2-signature"] = "readers disagree about it: header and claims have different versions",
        ["version-1-inside-v1-signature"] = "readers disagree about it: header and claims have different versions",
        ["duplicate-sub"] = "of two members of one name a person sees the other one",
        ["duplicate-iss-last-good"] = "of two members of one name a person sees the other one",
        ["duplicate-nats-merge"] = "of two members of one name a person sees the other one",
        ["duplicate-allow"] = "of two members of one name a person sees the other one",
        ["duplicate-pub-merge"] = "of two members of one name a person sees the other one",
        ["iss-extra-char"] = "a key has one spelling",
        ["type-custom-v1-signature"] = "a free map is signed as its header says",
    };

    /// <summary>What the reference refuses and we take, with the reason.</summary>
    private static readonly Dictionary<string, string> MoreLenient = new()
    {
        ["trailing-space"] = "white space around a token is trimmed",
        ["leading-space"] = "white space around a token is trimmed",
        ["type-custom"] = "a free map is signed as its header says",
        ["no-nats"] = "a free map is signed as its header says",
        ["nats-null"] = "a free map is signed as its header says",
        ["no-type"] = "a free map is signed as its header says",
        ["type-upper"] = "a free map is signed as its header says",
        ["generic-by-server"] = "a free map is signed as its header says",
    };

    /// <summary>Where the generic reader is stricter for reasons of its own.</summary>
    private static readonly string[] GenericStricter =
        [.. Stricter.Keys.Except(["old-alg-v2-claims-v2-signature", "version-1-inside-v1-signature", "type-custom-v1-signature"])];

    public static TheoryData<string, string> All => Vectors.Cases("jwt-decode.json", "cases", "id");

    [Theory]
    [MemberData(nameof(All))]
    public void Typed_reader(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        string name = vector.Text("id");
        if (vector.ContainsKey("recipe"))
        {
            return;
        }

        string reference = vector.Text("decode_error");
        ErrorCode? ours = Attempt(() => JwtReader.Read(vector.Text("token")));
        if (Stricter.ContainsKey(name))
        {
            Assert.Equal("", reference);
            Assert.NotNull(ours);
        }
        else if (MoreLenient.ContainsKey(name))
        {
            Assert.NotEqual("", reference);
            Assert.Null(ours);
        }
        else
        {
            Assert.True(reference.Length == 0 == ours is null, $"{id}: reference '{reference}', ours {ours}");
            AssertSameReason(reference, ours);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Generic_reader(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        string name = vector.Text("id");
        if (vector.ContainsKey("recipe"))
        {
            return;
        }

        string reference = vector.Text("generic_decode_error");
        ErrorCode? ours = Attempt(() => JwtReader.ReadGeneric(vector.Text("token")));
        if (GenericStricter.Contains(name))
        {
            Assert.NotNull(ours);
        }
        else if (name is "trailing-space" or "leading-space")
        {
            Assert.Null(ours);
        }
        else
        {
            Assert.True(reference.Length == 0 == ours is null, $"{id}: reference '{reference}', ours {ours}");
        }
    }

    [Theory]
    [InlineData(1_048_576, true)]
    [InlineData(1_048_577, false)]
    public void Size_is_limited(int length, bool isRead)
    {
        // The text is no token; the question is which reason it is refused for.
        ErrorCode? error = Attempt(() => JwtReader.Read(new string('a', length)));
        Assert.Equal(isRead ? ErrorCode.TokenMalformed : ErrorCode.TokenTooLarge, error);
    }

    private static void AssertSameReason(string reference, ErrorCode? ours)
    {
        ErrorCode[] wanted = reference switch
        {
            "" => [],
            "segment-count" or "base64" or "json" => [ErrorCode.TokenMalformed, ErrorCode.TokenUnsupported],
            "header-type" or "header-algorithm" => [ErrorCode.TokenHeader],
            "signature-v1" or "signature-v2" => [ErrorCode.TokenSignature, ErrorCode.TokenHeader, ErrorCode.TokenIssuer, ErrorCode.TokenMalformed],
            "version-unsupported" or "version-too-new" or "claim-type-unsupported" => [ErrorCode.TokenUnsupported],
            "issuer-type" => [ErrorCode.TokenIssuer],
            "export-type-unknown" or "scope-kind-unknown" => [ErrorCode.TokenMalformed],
            "too-large" => [ErrorCode.TokenTooLarge],
            _ => throw new InvalidOperationException($"unknown reason {reference}"),
        };
        if (ours is not null)
        {
            Assert.Contains(ours.Value, wanted);
        }
    }

    private static ErrorCode? Attempt(Func<NatsJwt> read)
    {
        try
        {
            read();
            return null;
        }
        catch (NatsKeysException error)
        {
            return error.Code;
        }
    }
}
