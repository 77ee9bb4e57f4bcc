using System.Text.Json;
using NatsKeys.Claims;

namespace NatsKeys.Jwt;

/// <summary>Reads the layout of version 1 into the claims of version 2. In version 1, type, tags and issuer account are beside <c>nats</c>.</summary>
internal static class VersionOneLayout
{
    /// <summary>Members that do not exist in version 2. The reference drops them when it reads them.</summary>
    private static readonly string[] Lost = ["identity", "max"];
    private static readonly string[] Inside = ["type", "tags", "version"];

    public static void Read(ClaimSet claims, JsonClaimReader outer, JsonClaimReader inner)
    {
        outer.Text("type", null);
        claims.Tags = outer.Texts("tags", []);
        switch (claims)
        {
            case UserClaims user:
                // Version 1 did not have these limits, so an absent limit means no limit.
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

    /// <summary>Moves type and tags into the <c>nats</c> object, because generic claims have no members beside it.</summary>
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
        // In version 2, these members are inside of <c>nats</c>, with another meaning.
        claims.RemoveUnknown(name => Inside.Contains(name, StringComparer.OrdinalIgnoreCase));
        foreach (string name in claims is ActivationClaims ? [.. Lost, "payload", "src", "times"] : Lost)
        {
            claims.RemoveUnknown(name);
        }
    }
}
