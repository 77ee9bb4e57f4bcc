using System.Globalization;
using System.Text;
using System.Text.Json;
using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Jwt;

/// <summary>Reads tokens of version 1 and 2 as servers do, but strictly where the reference is lenient without need.</summary>
public static class JwtReader
{
    /// <summary>The longest token that is read, in characters.</summary>
    public const int MaximumLength = TokenLimits.MaximumLength;

    /// <summary>Reads a token and checks its signature, its header and the type of its issuer. White space around it is ignored.</summary>
    /// <param name="token">The token's text.</param>
    /// <exception cref="NatsKeysException">One of the <c>Token…</c> codes of <see cref="ErrorCode"/>; the message says what is wrong.</exception>
    public static NatsJwt Read(string token)
    {
        (NatsJwt jwt, string[] segments) = Open(token);
        return Check(jwt, segments);
    }

    /// <summary>Checks the signature and the issuer type of a token that was read unchecked.</summary>
    internal static NatsJwt Check(NatsJwt jwt) => jwt.IsChecked ? jwt : Check(jwt, jwt.Token.Split('.'));

    /// <summary>
    /// Reads a token of any kind as a generic map, as servers read requests. The header states the version, the issuer may be of any type, and the
    /// size is not limited. The signature is checked.
    /// </summary>
    /// <param name="token">The token's text.</param>
    /// <exception cref="NatsKeysException">One of the <c>Token…</c> codes of <see cref="ErrorCode"/>; the message says what is wrong.</exception>
    internal static NatsJwt ReadGeneric(string token)
    {
        (string text, string[] segments) = Split(token);
        bool versionOne = ReadHeader(segments[0]);
        using JsonDocument payload = Parse(segments[1], "payload");
        var jwt = new NatsJwt(text, ClaimsReader.ReadGeneric(payload.RootElement, versionOne));
        CheckSignature(jwt, segments);
        return jwt;
    }

    /// <summary>Reads the claims of a token without checking its signature. For tokens whose signature was or will be checked elsewhere.</summary>
    internal static NatsJwt ReadUnchecked(string token) => Open(token).Jwt;

    /// <summary>Reads a token and checks it; null if there is none, or if it is not valid.</summary>
    internal static NatsJwt? TryRead(string? token) => Try(token, Read);

    /// <summary>Reads the claims of a token without checking its signature; null if there is none, or if it cannot be read.</summary>
    internal static NatsJwt? TryReadUnchecked(string? token) => Try(token, ReadUnchecked);

    /// <summary>Opens the payload of a token, to inspect how it is written.</summary>
    internal static JsonDocument OpenPayload(NatsJwt jwt) => Parse(jwt.Token.Split('.')[1], "payload");

    /// <summary>Parses a JSON object. The error for any other text begins with the words of the caller.</summary>
    internal static JsonDocument ParseJson(byte[] utf8, string what)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(
                WellFormed.Utf8(utf8), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = TokenLimits.MaximumDepth });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            throw new NatsKeysException(ErrorCode.TokenMalformed, $"{what} is not a JSON object.");
        }
        catch (JsonException error)
        {
            throw new NatsKeysException(ErrorCode.TokenMalformed, $"{what} is not valid JSON{PlaceOf(error)}.", error);
        }
    }

    /// <summary>The place of an error in a JSON text; empty if it is unknown, as for a member that an object has twice.</summary>
    private static string PlaceOf(JsonException error) => error is { LineNumber: { } line, BytePositionInLine: { } place }
        ? string.Create(CultureInfo.InvariantCulture, $" (line {line + 1}, byte {place + 1})")
        : "";

    private static NatsJwt? Try(string? token, Func<string, NatsJwt> read)
    {
        try
        {
            return string.IsNullOrEmpty(token) ? null : read(token);
        }
        catch (NatsKeysException)
        {
            return null;
        }
    }

    private static (NatsJwt Jwt, string[] Segments) Open(string token)
    {
        TokenLimits.RequireReadable(token);
        (string text, string[] segments) = Split(token);
        bool versionOne = ReadHeader(segments[0]);
        using JsonDocument payload = Parse(segments[1], "payload");
        return (new NatsJwt(text, ClaimsReader.Read(payload.RootElement, versionOne)), segments);
    }

    private static (string Text, string[] Segments) Split(string token)
    {
        string text = token.Trim();
        string[] segments = text.Split('.');
        return segments.Length == 3 ? (text, segments) : throw Malformed($"a token has 3 segments, but this text has {segments.Length}");
    }

    /// <summary>Checks the header, and returns whether it is that of version 1.</summary>
    private static bool ReadHeader(string segment)
    {
        // Nearly every header is exactly this text.
        if (segment == JwtWriter.Header)
        {
            return false;
        }

        using JsonDocument document = Parse(segment, "header");
        var header = new JsonClaimReader(document.RootElement, new JsonPlace(null, "header"));
        string? type = header.Text("typ", null);
        string? algorithm = header.Text("alg", null);
        if (!string.Equals(type, "JWT", StringComparison.OrdinalIgnoreCase))
        {
            throw new NatsKeysException(ErrorCode.TokenHeader, $"The token's type is '{type}', not 'JWT'.");
        }

        return algorithm?.ToUpperInvariant() switch
        {
            "ED25519" => true,
            "ED25519-NKEY" => false,
            _ => throw new NatsKeysException(ErrorCode.TokenHeader, $"The token's algorithm is '{algorithm}', not 'ed25519-nkey'."),
        };
    }

    private static NatsJwt Check(NatsJwt jwt, string[] segments)
    {
        CheckSignature(jwt, segments);
        CheckIssuer(jwt.Claims);
        jwt.IsChecked = jwt.Claims.IsReadOnly;
        return jwt;
    }

    private static void CheckIssuer(ClaimSet claims)
    {
        if (!PublicNkey.TryGetType(claims.Issuer, out NatsKeyType type) || !IssuerTypes.MayIssue(type, claims.Kind))
        {
            throw new NatsKeysException(
                ErrorCode.TokenIssuer, $"The key type of the token's issuer {claims.Issuer} cannot issue tokens of kind {claims.KindText}.");
        }
    }

    private static void CheckSignature(NatsJwt jwt, string[] segments)
    {
        if (!PublicNkey.TryGetType(jwt.Issuer, out NatsKeyType type) || type == NatsKeyType.Curve)
        {
            throw new NatsKeysException(ErrorCode.TokenIssuer, $"The token's issuer '{jwt.Issuer}' is not a public key that can sign.");
        }

        byte[] signature = Base64UrlReader.Decode(segments[2]) ?? throw Malformed("its signature is not base64url");
        int signedLength = segments[0].Length + 1 + segments[1].Length;
        byte[] signed = jwt.Version == ClaimSet.VersionOne
            ? Encoding.ASCII.GetBytes(segments[1])
            : Encoding.ASCII.GetBytes(jwt.Token, 0, signedLength);
        if (!NatsKeyPair.Verify(jwt.Issuer, signed, signature))
        {
            throw new NatsKeysException(
                ErrorCode.TokenSignature, $"The token's signature does not verify with the key of its issuer {jwt.Issuer}. The token was altered or "
                    + "damaged.");
        }
    }

    private static JsonDocument Parse(string segment, string what) =>
        ParseJson(Base64UrlReader.Decode(segment) ?? throw Malformed($"its {what} is not base64url"), $"This is not a token: its {what}");

    private static NatsKeysException Malformed(string why) => new(ErrorCode.TokenMalformed, $"This is not a token: {why}.");
}
