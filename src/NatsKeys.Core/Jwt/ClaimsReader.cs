using System.Text.Json;
using NatsKeys.Claims;

namespace NatsKeys.Jwt;

/// <summary>Reads claims from the payloads of tokens of version 1 and 2.</summary>
internal static class ClaimsReader
{
    /// <summary>Reads the claims of a JSON object that is not from a token, and so has no header. They have version 2.</summary>
    public static ClaimSet Read(JsonElement payload)
    {
        // A text that a person wrote may omit the version.
        ClaimSet claims = Read(payload, versionOneHeader: false, versionMayBeAbsent: true);
        claims.Version = ClaimSet.CurrentVersion;
        return claims;
    }

    /// <summary>Reads the claims of a token.</summary>
    /// <param name="payload">The payload, which is an object.</param>
    /// <param name="versionOneHeader">Whether the header is that of version 1.</param>
    /// <param name="versionMayBeAbsent">Whether claims without a version are read as the current version.</param>
    /// <exception cref="NatsKeysException">One of the <c>Token…</c> codes of <see cref="ErrorCode"/>.</exception>
    public static ClaimSet Read(JsonElement payload, bool versionOneHeader, bool versionMayBeAbsent = false)
    {
        var outer = new JsonClaimReader(payload);
        JsonElement nats = outer.Take("nats");
        if (nats.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
        {
            throw new NatsKeysException(ErrorCode.TokenMalformed, "This is not a token: its member 'nats' is not an object.");
        }

        string? outerType = PeekText(payload, "type");
        bool versionOne = outerType is not null;
        long version = versionOne ? ClaimSet.VersionOne : PeekInteger(nats, "version");
        version = version == 0 && versionMayBeAbsent ? ClaimSet.CurrentVersion : version;
        ClaimSet claims = Create(outerType ?? PeekText(nats, "type"), version);
        if (claims is GenericClaims)
        {
            ReadGeneric(claims, outer, nats, versionOneHeader);
            return claims;
        }

        // Different readers would interpret claims of one version under the header of the other differently.
        if (versionOne != versionOneHeader || (version == ClaimSet.VersionOne) != versionOne)
        {
            throw new NatsKeysException(ErrorCode.TokenHeader, "The token's header and its claims have different versions.");
        }

        var inner = new JsonClaimReader(nats, new JsonPlace(null, "nats"));
        claims.MapStandard(outer, withId: true);
        if (versionOne)
        {
            VersionOneLayout.Read(claims, outer, inner);
        }
        else
        {
            claims.Map(inner);
            claims.MapTail(inner);
        }

        claims.Version = versionOne ? ClaimSet.VersionOne : ClaimSet.CurrentVersion;
        outer.KeepUnknown(claims.Outer);
        inner.KeepUnknown(claims);
        if (versionOne)
        {
            VersionOneLayout.DropLost(claims);
        }

        return claims;
    }

    /// <summary>Reads claims of any kind as a free map.</summary>
    public static GenericClaims ReadGeneric(JsonElement payload, bool versionOne)
    {
        var outer = new JsonClaimReader(payload);
        var claims = new GenericClaims();
        ReadGeneric(claims, outer, outer.Take("nats"), versionOne);
        return claims;
    }

    private static void ReadGeneric(ClaimSet claims, JsonClaimReader outer, JsonElement nats, bool versionOne)
    {
        var inner = new JsonClaimReader(nats, new JsonPlace(null, "nats"));
        claims.MapStandard(outer, withId: true);
        claims.Version = versionOne ? ClaimSet.VersionOne : ClaimSet.CurrentVersion;
        inner.KeepUnknown(claims);
        if (versionOne)
        {
            VersionOneLayout.MoveOuter(claims, outer);
        }

        outer.KeepUnknown(claims.Outer);
    }

    private static ClaimSet Create(string? kindText, long version)
    {
        if (kindText is "cluster" or "server")
        {
            throw new NatsKeysException(ErrorCode.TokenUnsupported, $"Tokens of kind '{kindText}' are no longer supported.");
        }

        ClaimKind kind = ClaimKinds.Parse(kindText);
        bool anyVersion = kind is ClaimKind.Generic or ClaimKind.AuthorizationRequest or ClaimKind.AuthorizationResponse;
        if (version > ClaimSet.CurrentVersion || (version < ClaimSet.VersionOne && !anyVersion))
        {
            throw new NatsKeysException(ErrorCode.TokenUnsupported, $"The token's claims have version {version}. Only versions 1 and 2 can be read.");
        }

        return kind.NewClaims();
    }

    private static string? PeekText(JsonElement source, string name) => new JsonClaimReader(source).Text(name, null);

    private static long PeekInteger(JsonElement source, string name) => new JsonClaimReader(source).Integer(name, 0);
}
