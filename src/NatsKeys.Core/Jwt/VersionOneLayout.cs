using System.Text.Json;
using NatsKeys.Claims;

namespace NatsKeys.Jwt;

/// <summary>Reads the layout of version 1 into the claims of version 2. In version 1, type, tags and issuer account are beside <c>nats</c>.</summary>
internal static class VersionOneLayout
{
    /// <summary>Members that version 2 has no place for; the reference drops them on reading.</summary>
    private static readonly string[] Lost = ["identity", "max"];
    private static readonly string[] Inside = ["type", "tags", "version"];

    public static void Read(ClaimSet claims, JsonClaimReader outer, JsonClaimReader inner)
    {
        outer.Text("type", null);
        claims.Tags = outer.Texts("tags", []);
        switch (claims)
        {
            case UserClaims user:
                // Version 1 had no such limits, so their absence meant none.
                user.Permissions.AbsentLimit = -1;
                user.Map(inner);
                user.IssuerAccount = outer.Text("issuer_account", null);
                break;
            case ActivationClaims activation:
                activation.Map(inner);
                string? kind = null;
                inner.StreamOrService("type", ref kind);
                activation.ImportKind = kind;
                activation.IssuerAccount = outer.Text("issuer_account", null);
                break;
            default:
                claims.Map(inner);
                break;
        }
    }

    /// <summary>A free map has no place beside it: type and tags move inside.</summary>
    public static void MoveOuter(ClaimSet claims, JsonClaimReader outer)
    {
        foreach (string name in new[] { "type", "tags" })
        {
            if (outer.Take(name) is { ValueKind: not JsonValueKind.Undefined } member)
            {
                claims.RemoveUnknown(name);
                claims.AddUnknown(name, member.Clone());
            }
        }
    }

    public static void DropLost(ClaimSet claims)
    {
        // Version 2 has these inside, with a meaning of their own.
        claims.RemoveUnknown(name => Inside.Contains(name, StringComparer.OrdinalIgnoreCase));
        foreach (string name in claims is ActivationClaims ? [.. Lost, "payload", "src", "times"] : Lost)
        {
            claims.RemoveUnknown(name);
        }
    }
}
