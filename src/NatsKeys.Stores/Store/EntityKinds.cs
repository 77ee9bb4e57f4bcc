using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>What a kind of entity is elsewhere: a kind of token, a type of key.</summary>
internal static class EntityKinds
{
    /// <summary>The kind of its tokens.</summary>
    public static ClaimKind ToClaimKind(this EntityKind kind) => kind switch
    {
        EntityKind.Operator => ClaimKind.Operator,
        EntityKind.Account => ClaimKind.Account,
        _ => ClaimKind.User,
    };

    /// <summary>The type of its keys.</summary>
    public static NatsKeyType ToKeyType(this EntityKind kind) => kind switch
    {
        EntityKind.Operator => NatsKeyType.Operator,
        EntityKind.Account => NatsKeyType.Account,
        _ => NatsKeyType.User,
    };

    /// <summary>Claims of its kind that state nothing yet.</summary>
    public static ClaimSet NewClaims(this EntityKind kind) => kind.ToClaimKind().NewClaims();
}
