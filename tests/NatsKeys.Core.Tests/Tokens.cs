using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Core.Tests.Jwt;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Core.Tests;

/// <summary>Tokens from the vectors, and tokens put together by hand that no writer would write.</summary>
internal static class Tokens
{
    public const string Header = """{"typ":"JWT","alg":"ed25519-nkey"}""";
    public const string HeaderOne = """{"typ":"jwt","alg":"ed25519"}""";

    public static JsonObject Vector(string name) =>
        Vectors.Load("jwt-v2-exact.json")["cases"]!.AsArray().Single(entry => entry!["name"]!.ToString() == name)!.AsObject();

    public static string Exact(string name) => Vector(name).Text("token");

    /// <summary>The payload of a vector, to be changed and signed by hand.</summary>
    public static JsonObject Payload(string name) => Vectors.Case(Vector(name).Text("payload_json"));

    /// <summary>The payload that a token has.</summary>
    public static JsonObject PayloadOf(string token) => Vectors.Case(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[1])));

    /// <summary>A user of A1 whose key is U1.</summary>
    public static string User(long expires = 0, long notBefore = 0)
    {
        using NatsKeyPair signer = NatsKeyPair.FromSeed(Vectors.Seed("A1"));
        using NatsKeyPair user = NatsKeyPair.FromSeed(Vectors.Seed("U1"));
        return JwtWriter.Write(
            new UserClaims { Name = "U", Subject = user.PublicKey, Expires = expires, NotBefore = notBefore }, signer, new FixedClock(1_700_000_000));
    }

    /// <summary>The same token with another signature.</summary>
    public static string Tampered(string token)
    {
        int index = token.LastIndexOf('.') + 1;
        return token[..index] + (token[index] == 'A' ? 'B' : 'A') + token[(index + 1)..];
    }

    /// <summary>Any header and payload with a signature that holds.</summary>
    public static string Sign(string payload, string signer, string header = Header, bool payloadOnly = false)
    {
        using NatsKeyPair key = NatsKeyPair.FromSeed(Vectors.Seed(signer));
        return Sign(payload, key, header, payloadOnly);
    }

    /// <summary>Any header and payload with a signature that holds.</summary>
    public static string Sign(string payload, NatsKeyPair key, string header = Header, bool payloadOnly = false)
    {
        string segment = Encode(Encoding.UTF8.GetBytes(payload));
        string signed = payloadOnly ? segment : $"{Encode(Encoding.UTF8.GetBytes(header))}.{segment}";
        byte[] signature = new byte[ISigner.SignatureLength];
        key.Sign(Encoding.ASCII.GetBytes(signed), signature);
        return $"{Encode(Encoding.UTF8.GetBytes(header))}.{segment}.{Encode(signature)}";
    }

    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
