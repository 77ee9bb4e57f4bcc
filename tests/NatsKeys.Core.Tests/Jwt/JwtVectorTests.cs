using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Jwt;

public class JwtVectorTests
{
    /// <summary>The kinds that can be written so far; authorization requests and responses are not among them.</summary>
    private static readonly string[] Kinds = ["operator", "account", "user", "activation"];

    public static TheoryData<string, string> Exact => OfKinds("jwt-v2-exact.json");

    public static TheoryData<string, string> VersionOne => Vectors.Cases("jwt-v1.json", "cases", "name");

    [Theory]
    [MemberData(nameof(Exact))]
    public void A_token_is_read_and_written_again_to_the_byte(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        NatsJwt read = JwtReader.Read(vector.Text("token"));
        Assert.Equal(vector.Text("claim_type"), read.Claims.KindText);
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

    private static TheoryData<string, string> OfKinds(string file)
    {
        var data = new TheoryData<string, string>();
        foreach (JsonNode? entry in Vectors.Load(file)["cases"]!.AsArray())
        {
            if (Kinds.Contains(entry!["claim_type"]!.ToString()))
            {
                data.Add(entry["name"]!.ToString(), entry.ToJsonString());
            }
        }

        return data;
    }
}
