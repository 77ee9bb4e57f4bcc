using System.Reflection;
using System.Runtime.CompilerServices;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Formatting;

/// <summary>What the token of an operator, account or user states, under the names that entities have for it.</summary>
public static class TokenView
{
    /// <summary>What stands in the place of permissions that a token leaves to a role.</summary>
    public const string ByRole = "given by the role of the signing key";

    private static readonly ConditionalWeakTable<NatsJwt, NatsEntity> Entities = [];

    /// <summary>One thing that a token states; null where tokens of its kind do not, or the role of its signing key does in its place.</summary>
    /// <param name="jwt">The token.</param>
    /// <param name="name">The name of the property that entities have for it.</param>
    public static object? Get(NatsJwt jwt, string name)
    {
        ArgumentNullException.ThrowIfNull(jwt);
        if (IsOfRole(jwt) && typeof(NatsSigningKey).GetProperty(name) is not null)
        {
            return null;
        }

        object source = jwt.Claims is OperatorClaims or AccountClaims or UserClaims ? Entities.GetValue(jwt, EntityOf) : jwt.Claims;
        return source.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance)?.GetValue(source);
    }

    /// <summary>Where the permissions of a user come from that its token does not state; null where the token states them.</summary>
    /// <param name="jwt">The token.</param>
    public static string? Permissions(NatsJwt jwt) => IsOfRole(jwt) ? ByRole : null;

    /// <summary>Whose key signed, as far as the token tells.</summary>
    /// <param name="jwt">The token.</param>
    public static string SignedBy(NatsJwt jwt)
    {
        ArgumentNullException.ThrowIfNull(jwt);
        return jwt.Issuer == jwt.Subject ? "itself"
            : IsOfRole(jwt) ? "a role of its account"
            : jwt.IssuerAccount is null ? "another key" : "a signing key of its account";
    }

    // Servers demand of a user of a role that it states nothing of its own, and take nothing of any other as no limit.
    private static bool IsOfRole(NatsJwt jwt) =>
        jwt is { Version: > 1, Claims: UserClaims { Permissions.IsCleared: true, IssuerAccount: { Length: > 0 } account } } && account != jwt.Issuer;

    // A token stands alone: what is above it has no name and lists no key, and the store knows nobody.
    private static NatsEntity EntityOf(NatsJwt jwt)
    {
        NatsStore store = NatsStore.InMemory();
        var root = new EntityPath("-");
        NatsEntity above = Made(root, new OperatorClaims(), parent: null);
        return jwt.Claims switch
        {
            OperatorClaims => Made(root, jwt.Claims, parent: null),
            AccountClaims => Made(root.Child("-"), jwt.Claims, above),
            _ => Made(root.Child("-").Child("-"), jwt.Claims, Made(root.Child("-"), new AccountClaims(), above)),
        };

        NatsEntity Made(EntityPath path, ClaimSet claims, NatsEntity? parent) => store.Make(path, new EntityDocument(claims, Jwt: null), parent);
    }
}
