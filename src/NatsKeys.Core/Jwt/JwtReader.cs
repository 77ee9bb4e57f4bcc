using System.Text;
using System.Text.Json;
using NatsKeys.Claims;
using NatsKeys.Json;
using NatsKeys.Keys;

namespace NatsKeys.Jwt;

/// <summary>Reads tokens of version 1 and 2 as servers do, and strictly where the reference is lenient without need.</summary>
public static class JwtReader
{
    /// <summary>The longest token that is read, in characters.</summary>
    public const int MaximumLength = 1024 * 1024;

    private const int VersionOne = 1;

    /// <summary>Reads a token and checks its signature, its header and the type of its issuer. White space around it is ignored.</summary>
    /// <param name="token">The token's text.</param>
    /// <exception cref="NatsKeysException">One of the <c>Token…</c> codes of <see cref="ErrorCode"/>; the message says what is wrong.</exception>
    public static NatsJwt Read(string token)
    {
        (NatsJwt jwt, string[] segments) = Open(token);
        CheckIssuer(jwt.Claims);
        CheckSignature(jwt, segments);
        return jwt;
    }

    /// <summary>Reads what a token states without checking who signed it. For tokens whose signature was or will be checked elsewhere.</summary>
    internal static NatsJwt ReadUnchecked(string token) => Open(token).Jwt;

    private static (NatsJwt Jwt, string[] Segments) Open(string token)
    {
        if (token.Length > MaximumLength)
        {
            throw new NatsKeysException(ErrorCode.TokenTooLarge, $"The token has {token.Length} characters; the longest allowed has {MaximumLength}.");
        }

        string text = token.Trim();
        string[] segments = text.Split('.');
        if (segments.Length != 3)
        {
            throw Malformed($"it has {segments.Length} segments, not 3");
        }

        bool versionOne = ReadHeader(segments[0]);
        using JsonDocument payload = Parse(segments[1], "payload");
        return (new NatsJwt(text, ReadClaims(payload.RootElement, versionOne)), segments);
    }

    /// <summary>Checks the header and tells whether it is that of version 1.</summary>
    private static bool ReadHeader(string segment)
    {
        // Nearly every header is this very text.
        if (segment == JwtWriter.Header)
        {
            return false;
        }

        using JsonDocument document = Parse(segment, "header");
        var header = new JsonClaimReader(document.RootElement, "header");
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

    private static ClaimSet ReadClaims(JsonElement payload, bool versionOneHeader)
    {
        var outer = new JsonClaimReader(payload, "");
        JsonElement nats = outer.Take("nats");
        if (nats.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
        {
            throw Malformed("its member 'nats' is not an object");
        }

        var inner = new JsonClaimReader(nats, "nats");
        string? outerType = PeekText(payload, "type");
        bool versionOne = outerType is not null;
        string? kindText = outerType ?? PeekText(nats, "type");
        long version = versionOne ? VersionOne : PeekInteger(nats, "version");
        ClaimSet claims = Create(kindText, version);

        // Claims of one version under the header of the other would be read differently by different readers.
        if (claims is not GenericClaims && versionOne != versionOneHeader)
        {
            throw new NatsKeysException(ErrorCode.TokenHeader, "The token's header and its claims are of different versions.");
        }

        claims.MapStandard(outer, withId: true);
        if (versionOne)
        {
            VersionOneLayout.Read(claims, outer, inner);
        }
        else
        {
            claims.Map(inner);
            if (claims is not GenericClaims)
            {
                claims.MapTail(inner);
            }
        }

        claims.Version = claims is GenericClaims ? (versionOneHeader ? VersionOne : ClaimSet.CurrentVersion) : (int)version;
        outer.KeepUnknown(claims.Outer);
        inner.KeepUnknown(claims);
        if (versionOne)
        {
            VersionOneLayout.DropLost(claims);
        }

        return claims;
    }

    private static ClaimSet Create(string? kindText, long version)
    {
        if (kindText is "cluster" or "server")
        {
            throw new NatsKeysException(ErrorCode.TokenUnsupported, $"Tokens of kind '{kindText}' are no longer in use.");
        }

        ClaimKind kind = KindTexts.Parse(kindText);
        if (version > ClaimSet.CurrentVersion || (version < VersionOne && kind != ClaimKind.Generic))
        {
            throw new NatsKeysException(ErrorCode.TokenUnsupported, $"The token's claims are of version {version}; versions 1 and 2 can be read.");
        }

        return kind switch
        {
            ClaimKind.Operator => new OperatorClaims(),
            ClaimKind.Account => new AccountClaims(),
            ClaimKind.User => new UserClaims(),
            ClaimKind.Activation => new ActivationClaims(),
            _ => new GenericClaims(),
        };
    }

    private static void CheckIssuer(ClaimSet claims)
    {
        if (!PublicKey.TryGetType(claims.Issuer, out NatsKeyType type))
        {
            throw new NatsKeysException(ErrorCode.TokenIssuer, $"The token's issuer '{claims.Issuer}' is not a public key.");
        }

        if (!IssuerTypes.MayIssue(type, claims.Kind))
        {
            throw new NatsKeysException(ErrorCode.TokenIssuer, $"The token's issuer {claims.Issuer} is of a type that cannot issue a token of kind {claims.KindText}.");
        }
    }

    private static void CheckSignature(NatsJwt jwt, string[] segments)
    {
        byte[] signature = Base64Text.Decode(segments[2]) ?? throw Malformed("its signature is not base64url");
        int signedLength = segments[0].Length + 1 + segments[1].Length;
        byte[] signed = jwt.Version == VersionOne
            ? Encoding.ASCII.GetBytes(segments[1])
            : Encoding.ASCII.GetBytes(jwt.Token, 0, signedLength);
        using NatsKeyPair issuer = NatsKeyPair.FromPublicKey(jwt.Issuer);
        if (issuer.Type == NatsKeyType.Curve || !issuer.Verify(signed, signature))
        {
            throw new NatsKeysException(ErrorCode.TokenSignature, $"The token's signature is not that of its issuer {jwt.Issuer}: it was altered or damaged.");
        }
    }

    private static JsonDocument Parse(string segment, string what)
    {
        byte[] bytes = WellFormed.Utf8(Base64Text.Decode(segment) ?? throw Malformed($"its {what} is not base64url"));
        try
        {
            JsonDocument document = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            throw Malformed($"its {what} is not a JSON object");
        }
        catch (JsonException error)
        {
            throw new NatsKeysException(ErrorCode.TokenMalformed, $"This is not a token: its {what} is not JSON ({error.Message})", error);
        }
    }

    private static string? PeekText(JsonElement source, string name) =>
        source.ValueKind == JsonValueKind.Object && source.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;

    private static long PeekInteger(JsonElement source, string name) =>
        source.ValueKind == JsonValueKind.Object && source.TryGetProperty(name, out JsonElement member)
            && member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out long value)
            ? value
            : 0;

    private static NatsKeysException Malformed(string why) => new(ErrorCode.TokenMalformed, $"This is not a token: {why}.");
}
