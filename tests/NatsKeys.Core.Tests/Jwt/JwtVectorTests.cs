using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Jwt;

public class JwtVectorTests
{
    public static TheoryData<string, string> Exact => Vectors.Cases("jwt-v2-exact.json", "cases", "name");

    public static TheoryData<string, string> Public => Vectors.Cases("public-tokens.json", "cases", "token");

    public static TheoryData<string, string> AsKind => Vectors.Cases("jwt-decode-as.json", "cases", "token_name");

    public static TheoryData<string, string> VersionOne => Vectors.Cases("jwt-v1.json", "cases", "name");

    [Theory]
    [MemberData(nameof(Exact))]
    public void A_token_is_read_and_written_again_to_the_byte(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        NatsJwt read = JwtReader.Read(vector.Text("token"));
        Assert.Equal(vector.Text("claim_type"), read.Claims.KindText ?? "generic");
        Assert.Equal(vector.Text("jti"), ClaimJson.ComputeId(read.Claims));

        using NatsKeyPair signer = NatsKeyPair.FromSeed(vector.Text("signer_seed"));
        string written = JwtWriter.Write(read.Claims, signer, new FixedClock(vector["iat"]!.GetValue<long>()));
        Assert.Equal(vector.Text("payload_json"), Encoding.UTF8.GetString(ClaimJson.Payload(read.Claims).Written));
        Assert.True(vector.Text("token") == written, id);
    }

    [Theory]
    [MemberData(nameof(VersionOne))]
    public void Version_one_is_read_as_the_reference_reads_it(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        string token = vector.Text("token");
        if (vector.Flag("v2_decode_fails"))
        {
            Assert.Equal(ErrorCode.TokenUnsupported, Assert.Throws<NatsKeysException>(() => JwtReader.Read(token)).Code);
            return;
        }

        NatsJwt read = JwtReader.Read(token);
        using JsonDocument payload = JsonDocument.Parse(ClaimJson.Payload(read.Claims).Written.ToArray());
        JsonObject expected = vector["decoded_by_v2"]!.AsObject();
        if (read.Claims is not GenericClaims)
        {
            AddAlwaysWritten(expected["nats"]!.AsObject(), vector.Text("claim_type"));
            Assert.True(Vectors.SameJson(payload.RootElement, expected), $"{id}: {payload.RootElement} instead of {expected.ToJsonString()}");
        }

        Assert.Equal(1, read.Version);
        Assert.Equal(vector.Text("claim_type"), read.Claims.KindText ?? "generic");
    }

    [Theory]
    [MemberData(nameof(Public))]
    public void Published_tokens_are_read_as_the_reference_reads_them(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        if (vector.Text("decode_error").Length > 0)
        {
            Assert.Equal(ErrorCode.TokenSignature, Assert.Throws<NatsKeysException>(() => JwtReader.Read(vector.Text("token"))).Code);
            return;
        }

        NatsJwt read = JwtReader.Read(vector.Text("token"));
        Assert.Equal(vector.Text("claim_type"), read.Claims.KindText);
        using JsonDocument payload = JsonDocument.Parse(ClaimJson.Payload(read.Claims).Written.ToArray());
        JsonObject expected = vector["decoded"]!.AsObject();
        AddAlwaysWritten(expected["nats"]!.AsObject(), vector.Text("claim_type"));
        Assert.True(Vectors.SameJson(payload.RootElement, expected), $"{id}: {payload.RootElement} instead of {expected.ToJsonString()}");
        if (vector.Text("jti_matches") == "v1 and v2 rule")
        {
            Assert.Equal(read.Claims.Id, ClaimJson.ComputeId(read.Claims));
        }
    }

    [Theory]
    [MemberData(nameof(AsKind))]
    public void A_token_is_of_one_kind(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        string name = vector.Text("token_name");
        string token = Vectors.Load("jwt-v2-exact.json")["cases"]!.AsArray()
            .SingleOrDefault(entry => entry!["name"]!.ToString() == name)?["token"]!.ToString()
            ?? TokenFinder.Find(
                Vectors.Load("creds.json")["decorate_jwt"]!.AsArray().Single(entry => entry!["token_name"]!.ToString() == name)!["text"]!.ToString());
        string kind = JwtReader.Read(token).Claims.KindText ?? "generic";
        foreach (string wanted in new[] { "operator", "account", "user", "activation", "authorization_request", "authorization_response" })
        {
            Assert.True(vector.Text(wanted).Length == 0 == (kind == wanted), $"{id}: {wanted}");
        }

        Assert.Equal("", vector.Text("generic"));
        Assert.Equal(ClaimKind.Generic, JwtReader.ReadGeneric(token).Kind);
    }

    [Fact]
    public void The_document_of_2019_is_read()
    {
        JsonObject document = Vectors.Load("seed-document.json");
        NatsJwt jwt = JwtReader.Read(document.Text("operator_token"));
        Assert.Equal("O2", jwt.Name);
        Assert.Equal(jwt.Subject, jwt.Issuer);
        Assert.Equal(document.Text("issued_at_utc"), jwt.IssuedAt!.Value.ToString("yyyy-MM-dd HH:mm:ss", null));
        foreach (JsonNode? pair in document["pairs"]!.AsArray())
        {
            using NatsKeyPair key = NatsKeyPair.FromSeed(pair!["seed"]!.ToString());
            Assert.Equal(pair["computed_public"]!.ToString(), key.PublicKey);
        }

        Assert.Equal([document["pairs"]![0]!["computed_public"]!.ToString()], jwt.SigningKeys);
    }

    /// <summary>The reference's dump leaves objects out that its writer always writes.</summary>
    private static void AddAlwaysWritten(JsonObject nats, string kind)
    {
        foreach (string name in kind == "user" ? ["pub", "sub"] : Array.Empty<string>())
        {
            nats.TryAdd(name, new JsonObject());
        }
    }
}
