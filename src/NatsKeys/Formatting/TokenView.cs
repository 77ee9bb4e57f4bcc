using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Store;

namespace NatsKeys.Formatting;

/// <summary>The claims of an operator's, account's or user's token, under the names that entities have for them.</summary>
public static class TokenView
{
    /// <summary>The text for permissions that a token leaves to a role.</summary>
    public const string ByRole = "given by the role of the signing key";

    // In the order of the views.
    private static readonly string[] Names =
    [
        "Roles", "Audience", "Description", "InfoUrl", "ServiceUrls", "SystemAccount", "AccountServerUrl", "AssertServerVersion",
        "RequireSigningKeys", "MaxConnections", "MaxLeafNodes", "MaxData", "MaxExports", "MaxImports", "MaxPayload", "MaxSubscriptions",
        "AllowWildcardExports", "DisallowBearer", "DefaultPublish", "DefaultSubscribe", "DefaultResponses", "JetStreamLimits", "Exports",
        "Imports", "SubjectMappings", "Revocations", "AuthCalloutUsers", "AuthCalloutAccounts", "AuthCalloutXkey", "TraceSubject",
        "TraceSampling", "ClusterTraffic", "Publish", "Subscribe", "Responses", "BearerToken", "ProxyRequired", "SourceNetworks", "Times",
        "TimeZone", "ConnectionTypes", "HashId", "ImportKind", "ImportSubject",
    ];

    private static readonly ConditionalWeakTable<NatsJwt, NatsEntity> Entities = [];

    /// <summary>Gets a value of a token; null if tokens of its kind do not have it, or if the role of its signing key has it instead.</summary>
    /// <param name="jwt">The token.</param>
    /// <param name="name">The name of the property of entities.</param>
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

    /// <summary>
    /// What a token states, without what it does not set: JSON would have some forty nulls. Lists are texts, because JSON would cut them in depth.
    /// </summary>
    /// <param name="jwt">The token.</param>
    public static PSObject Settings(NatsJwt jwt)
    {
        var stated = new PSObject();
        foreach ((string name, object? value) in Names.Select(name => (name, Get(jwt, name))).Prepend((nameof(Permissions), Permissions(jwt))))
        {
            object? plain = value is IEnumerable and not string ? ViewFormatter.List(value) : value;
            if (plain is not (null or "" or false))
            {
                stated.Properties.Add(new PSNoteProperty(name, plain is IConvertible ? plain : ViewFormatter.TextOf(plain)));
            }
        }

        return stated;
    }

    /// <summary>The source of permissions that are not in the token; null if they are.</summary>
    /// <param name="jwt">The token.</param>
    public static string? Permissions(NatsJwt jwt) => IsOfRole(jwt) ? ByRole : null;

    /// <summary>The owner of the key that signed, as far as the token states it.</summary>
    /// <param name="jwt">The token.</param>
    public static string SignedBy(NatsJwt jwt)
    {
        ArgumentNullException.ThrowIfNull(jwt);
        return jwt.Issuer == jwt.Subject ? "itself"
            : IsOfRole(jwt) ? "a role of its account"
            : jwt.IssuerAccount is null ? "another key" : "a signing key of its account";
    }

    // Servers require that a user of a role has no permissions and limits of its own. For other users, zero limits are not unlimited.
    private static bool IsOfRole(NatsJwt jwt) =>
        jwt is { Version: > 1, Claims: UserClaims { Permissions.IsCleared: true, IssuerAccount: { Length: > 0 } account } } && account != jwt.Issuer;

    // Only the token is known: the entities above it have no names and no lists of keys here.
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
