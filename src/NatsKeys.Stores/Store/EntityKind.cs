using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>The kinds of entities.</summary>
public enum EntityKind : long
{
    /// <summary>An operator.</summary>
    Operator,

    /// <summary>An account of an operator.</summary>
    Account,

    /// <summary>A user of an account.</summary>
    User,
}

/// <summary>Converts a kind of entity to its kind of token and its type of key.</summary>
internal static class EntityKinds
{
    /// <summary>Gets the kind of its tokens.</summary>
    public static ClaimKind ToClaimKind(this EntityKind kind) => kind switch
    {
        EntityKind.Operator => ClaimKind.Operator,
        EntityKind.Account => ClaimKind.Account,
        _ => ClaimKind.User,
    };

    /// <summary>Gets the type of its keys.</summary>
    public static NatsKeyType ToKeyType(this EntityKind kind) => kind switch
    {
        EntityKind.Operator => NatsKeyType.Operator,
        EntityKind.Account => NatsKeyType.Account,
        _ => NatsKeyType.User,
    };

    /// <summary>Creates empty claims of its kind.</summary>
    public static ClaimSet NewClaims(this EntityKind kind) => kind.ToClaimKind().NewClaims();
}
