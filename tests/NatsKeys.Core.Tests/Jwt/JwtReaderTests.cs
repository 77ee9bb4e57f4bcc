using System.Text;
using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests.Jwt;

public class JwtReaderTests
{
    private static readonly string UserPayload = Tokens.Payload("user-min").ToJsonString();

    [Theory]
    [InlineData("""{"typ":"JWT","alg":"none"}""", ErrorCode.TokenHeader)]
    [InlineData("""{"typ":"JWT","alg":"HS256"}""", ErrorCode.TokenHeader)]
    [InlineData("""{"typ":"JWT","alg":"EdDSA"}""", ErrorCode.TokenHeader)]
    [InlineData("""{"typ":"JWT","alg":""}""", ErrorCode.TokenHeader)]
    [InlineData("""{"typ":"JWT"}""", ErrorCode.TokenHeader)]
    [InlineData("""{"typ":"JWT","alg":null}""", ErrorCode.TokenHeader)]
    [InlineData("""{"alg":"ed25519-nkey"}""", ErrorCode.TokenHeader)]
    [InlineData("""{"typ":"JWS","alg":"ed25519-nkey"}""", ErrorCode.TokenHeader)]
    [InlineData("{}", ErrorCode.TokenHeader)]
    [InlineData("""{"typ":"JWT","alg":"ed25519"}""", ErrorCode.TokenHeader)]
    [InlineData("""{"typ":"JWT","alg":5}""", ErrorCode.TokenMalformed)]
    [InlineData("""{"typ":"JWT","alg":"none","alg":"ed25519-nkey"}""", ErrorCode.TokenMalformed)]
    [InlineData("""["JWT"]""", ErrorCode.TokenMalformed)]
    [InlineData("null", ErrorCode.TokenMalformed)]
    [InlineData("", ErrorCode.TokenMalformed)]
    [InlineData("{", ErrorCode.TokenMalformed)]
    [InlineData("""{"typ":"\ud800","alg":"ed25519-nkey"}""", ErrorCode.TokenHeader)]
    public void Any_other_header_is_refused(string header, ErrorCode code) =>
        Refused.With(code, () => JwtReader.Read(Tokens.Sign(UserPayload, "A1", header)));

    [Theory]
    [InlineData("""{"typ":"JWT","alg":"ED25519-NKEY"}""")]
    [InlineData("""{"alg":"ed25519-nkey","typ":"jwt"}""")]
    [InlineData("""{ "typ" : "JWT", "alg" : "ed25519-nkey", "kid" : "x" }""")]
    public void The_header_may_be_spelled_as_servers_take_it(string header) =>
        Assert.Equal("UserMin", JwtReader.Read(Tokens.Sign(UserPayload, "A1", header)).Name);

    [Fact]
    public void Claims_of_one_version_under_the_header_of_the_other_are_refused()
    {
        // Readers that go by the header and readers that go by the claims would verify different bytes.
        JsonObject one = Vectors.Load("jwt-v1.json")["cases"]!.AsArray().First(entry => entry!["claim_type"]!.ToString() == "user")!.AsObject();
        string payload = Tokens.PayloadOf(one.Text("token")).ToJsonString();
        foreach (bool payloadOnly in new[] { true, false })
        {
            Refused.With(ErrorCode.TokenHeader, () => JwtReader.Read(Tokens.Sign(UserPayload, "A1", Tokens.HeaderOne, payloadOnly)));
            Refused.With(ErrorCode.TokenHeader, () => JwtReader.Read(Tokens.Sign(payload, "A1", Tokens.Header, payloadOnly)));
        }
    }

    [Theory]
    [InlineData("\"sub\":", "\"sub\":\"x\",\"sub\":")]
    [InlineData("\"nats\":{", "\"nats\":{},\"nats\":{")]
    [InlineData("\"subs\":-1", "\"subs\":5,\"subs\":-1")]
    [InlineData("\"pub\":{}", "\"pub\":{\"allow\":[],\"allow\":[]}")]
    [InlineData("\"type\":\"user\"", "\"type\":\"user\",\"x\":1,\"x\":2")]
    [InlineData("\"subs\":-1", "\"Subs\":-1")]
    [InlineData("\"sub\":\"U", "\"SUB\":\"U")]
    [InlineData("\"pub\":{}", "\"pub\":{\"Allow\":[\">\"]}")]
    [InlineData("\"subs\":-1", "\"subs\":\"-1\"")]
    [InlineData("\"subs\":-1", "\"subs\":1.5")]
    [InlineData("\"subs\":-1", "\"subs\":9223372036854775808")]
    [InlineData("\"pub\":{}", "\"pub\":[]")]
    [InlineData("\"pub\":{}", "\"pub\":{\"allow\":\">\"}")]
    [InlineData("\"pub\":{}", "\"pub\":{\"allow\":[1]}")]
    [InlineData("\"subs\":-1", "\"bearer_token\":\"true\"")]
    [InlineData("\"nats\":{", "\"nats\":[{")]
    [InlineData("\"name\":\"UserMin\"", "\"name\":5")]
    [InlineData("\"name\":\"UserMin\"", "\"name\":\"UserMin\",")]
    [InlineData("\"name\":\"UserMin\"", "/* x */\"name\":\"UserMin\"")]
    [InlineData("{\"jti\"", "\ufeff{\"jti\"")]
    public void Claims_that_another_reader_would_read_otherwise_are_refused(string part, string instead) =>
        Refused.With(ErrorCode.TokenMalformed, () => JwtReader.Read(Tokens.Sign(Replace(part, instead), "A1")));

    [Theory]
    [InlineData("\"type\":\"user\"", "\"type\":\"\\ud800\"")]
    [InlineData("\"type\":\"user\"", "\"type\":\"user\",\"x\":\"\\ud800\"")]
    [InlineData("\"type\":\"user\"", "\"type\":\"user\",\"\\ud800\":1")]
    [InlineData("\"name\":\"UserMin\"", "\"name\":\"UserMin\",\"\\ud800\":1")]
    [InlineData("\"name\":\"UserMin\"", "\"name\":\"UserMin\",\"type\":\"\\ud800\"")]
    [InlineData("\"pub\":{}", "\"pub\":{\"x\":{\"\\udc00\":[]}}")]
    public void Half_a_character_never_ends_in_an_undefined_error(string part, string instead)
    {
        string token = Tokens.Sign(Replace(part, instead), "A1");
        Exception? error = Record.Exception(() => ClaimJson.Payload(JwtReader.ReadUnchecked(token).Claims));
        Assert.True(error is null or NatsKeysException, error?.ToString());
    }

    [Fact]
    public void A_token_has_three_segments_and_nothing_else()
    {
        string token = Tokens.Exact("user-min");
        string[] segments = token.Split('.');
        string[] bad =
        [
            "", ".", "..", "a.b", $"{segments[0]}.{segments[1]}", $"{token}.", $"{token}.{segments[2]}", $".{token}", $"{segments[0]}..{segments[2]}",
            $".{segments[1]}.{segments[2]}",
            $"{segments[0]}=.{segments[1]}.{segments[2]}", token + "=", token + "==", token.Replace('-', '+'), token.Replace('_', '/'),
            $"{segments[0]}.{segments[1]} .{segments[2]}",
            $"{segments[0]}.{segments[1][..9]}\n{segments[1][9..]}.{segments[2]}", $"{token[..^4]}\r\n{token[^4..]}", token[..^1], token + "é",
            token + "\0",
        ];
        Assert.All(bad.Where(text => text != token), text =>
            Assert.Equal(ErrorCode.TokenMalformed, Assert.Throws<NatsKeysException>(() => JwtReader.Read(text)).Code));
        Assert.Equal(ErrorCode.TokenMalformed, Assert.Throws<NatsKeysException>(() => JwtReader.Read("abc")).Code);
        Assert.Equal(token, JwtReader.Read($" \r\n{token}\n").Token);
    }

    [Fact]
    public void A_signature_has_one_spelling()
    {
        // The last character carries two bits of the signature; the other four could be anything.
        string token = Tokens.Exact("user-min");
        foreach (char last in "BCDEFGHIJKLMNOP".Where(character => character != token[^1]))
        {
            Assert.NotNull(Record.Exception(() => JwtReader.Read(token[..^1] + last)) as NatsKeysException);
        }
    }

    [Fact]
    public void A_token_is_at_most_1_MiB_long()
    {
        JsonObject payload = Tokens.Payload("user-min");
        int room = JwtReader.MaximumLength - Tokens.Sign(payload.ToJsonString(), "A1").Length;
        payload["x"] = new string('x', (room / 4 * 3) - 12);
        string longest = Tokens.Sign(payload.ToJsonString(), "A1");
        Assert.InRange(longest.Length, JwtReader.MaximumLength - 12, JwtReader.MaximumLength);
        Assert.Equal("UserMin", JwtReader.Read(longest).Name);

        payload["x"] = new string('x', (room / 4 * 3) + 12);
        Refused.With(ErrorCode.TokenTooLarge, () => JwtReader.Read(Tokens.Sign(payload.ToJsonString(), "A1")));
        Refused.With(ErrorCode.TokenTooLarge, () => JwtReader.Read(new string(' ', JwtReader.MaximumLength + 1)));
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        string deep = new string('[', 100_000) + new string(']', 100_000);
        Refused.With(ErrorCode.TokenMalformed, () => JwtReader.Read(Tokens.Sign(Replace("\"pub\":{}", $"\"pub\":{{}},\"x\":{deep}"), "A1")));
    }

    [Fact]
    public void Every_changed_bit_is_noticed()
    {
        string token = Tokens.Exact("user-min");
        for (int index = 0; index < token.Length; index++)
        {
            char changed = token[index] == 'A' ? 'B' : 'A';
            Assert.NotNull(Record.Exception(() => JwtReader.Read(token[..index] + changed + token[(index + 1)..])) as NatsKeysException);
        }
    }

    [Fact]
    public void A_signature_of_another_key_or_length_is_refused()
    {
        Refused.With(ErrorCode.TokenSignature, () => JwtReader.Read(Tokens.Sign(UserPayload, "A2")));
        Refused.With(ErrorCode.TokenSignature, () => JwtReader.Read(Tokens.Sign(UserPayload, "A1", payloadOnly: true)));
        string token = Tokens.Exact("user-min");
        string signed = token[..(token.LastIndexOf('.') + 1)];
        foreach (int length in new[] { 0, 1, 32, 63, 65, 128 })
        {
            Assert.NotNull(Record.Exception(() => JwtReader.Read(signed + Tokens.Encode(new byte[length]))) as NatsKeysException);
        }

        Refused.With(ErrorCode.TokenSignature, () => JwtReader.Read(signed + Tokens.Encode(new byte[64])));
    }

    [Theory]
    [InlineData("user-min", "O1", false)]
    [InlineData("user-min", "U1", false)]
    [InlineData("user-min", "X1", false)]
    [InlineData("user-min", "N1", false)]
    [InlineData("user-min", "A2", true)]
    [InlineData("account-min", "U1", false)]
    [InlineData("account-min", "A1", true)]
    [InlineData("operator-min", "A1", false)]
    [InlineData("operator-min", "O2", true)]
    [InlineData("activation-stream", "U1", false)]
    [InlineData("activation-stream", "O1", true)]
    public void Each_kind_has_issuers_of_its_own_types(string name, string issuer, bool allowed)
    {
        JsonObject payload = Tokens.Payload(name);
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed(issuer));
        payload["iss"] = key.PublicKey;
        if (allowed)
        {
            Assert.Equal(key.PublicKey, JwtReader.Read(Tokens.Sign(payload.ToJsonString(), issuer)).Issuer);
            return;
        }

        string signer = key.Type == NatsKeyType.Curve ? "A1" : issuer;
        Refused.With(ErrorCode.TokenIssuer, () => JwtReader.Read(Tokens.Sign(payload.ToJsonString(), signer)));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"nobody\"")]
    [InlineData("null")]
    public void An_issuer_that_is_no_key_is_refused(string issuer)
    {
        JsonObject payload = Tokens.Payload("user-min");
        payload["iss"] = JsonNode.Parse(issuer);
        Refused.With(ErrorCode.TokenIssuer, () => JwtReader.Read(Tokens.Sign(payload.ToJsonString(), "A1")));
    }

    [Theory]
    [InlineData("\"version\":2", "\"version\":3", ErrorCode.TokenUnsupported)]
    [InlineData("\"version\":2", "\"version\":9223372036854775807", ErrorCode.TokenUnsupported)]
    [InlineData("\"version\":2", "\"version\":0", ErrorCode.TokenUnsupported)]
    [InlineData("\"version\":2", "\"version\":-1", ErrorCode.TokenUnsupported)]
    [InlineData("\"version\":2", "\"x\":2", ErrorCode.TokenUnsupported)]
    [InlineData("\"type\":\"user\"", "\"type\":\"cluster\"", ErrorCode.TokenUnsupported)]
    [InlineData("\"type\":\"user\"", "\"type\":\"server\"", ErrorCode.TokenUnsupported)]
    public void Versions_and_kinds_that_are_not_in_use_are_refused(string part, string instead, ErrorCode code) =>
        Refused.With(code, () => JwtReader.Read(Tokens.Sign(Replace(part, instead), "A1")));

    [Fact]
    public void A_member_that_is_null_is_absent()
    {
        var claims = (UserClaims)JwtReader.Read(
            Tokens.Sign(Replace("\"subs\":-1", "\"subs\":null,\"src\":null,\"resp\":null,\"bearer_token\":null"), "A1")).Claims;
        Assert.Equal((0, false, null), (claims.Permissions.Subs, claims.Permissions.BearerToken, claims.Permissions.Resp));
        Assert.Empty(claims.Permissions.Src);
    }

    [Fact]
    public void Bytes_that_are_no_utf_8_never_end_in_an_undefined_error()
    {
        byte[] payload = Encoding.UTF8.GetBytes(UserPayload);
        payload[Array.IndexOf(payload, (byte)'M')] = 0xFF;
        string token = $"{Tokens.Encode(Encoding.UTF8.GetBytes(Tokens.Header))}.{Tokens.Encode(payload)}.{Tokens.Encode(new byte[64])}";
        Assert.IsType<NatsKeysException>(Record.Exception(() => JwtReader.Read(token)));
    }

    private static string Replace(string part, string instead)
    {
        Assert.Contains(part, UserPayload, StringComparison.Ordinal);
        return UserPayload.Replace(part, instead, StringComparison.Ordinal);
    }
}
