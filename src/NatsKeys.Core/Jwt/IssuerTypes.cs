using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Jwt;

/// <summary>The key types that may be the subject and the issuer of each kind of token.</summary>
internal static class IssuerTypes
{
    /// <summary>Whether a key of this type may issue tokens of this kind. Any key may issue generic tokens.</summary>
    public static bool MayIssue(NatsKeyType issuer, ClaimKind kind) => kind switch
    {
        ClaimKind.Operator => issuer is NatsKeyType.Operator,
        ClaimKind.Account or ClaimKind.Activation => issuer is NatsKeyType.Account or NatsKeyType.Operator,
        ClaimKind.User or ClaimKind.AuthorizationResponse => issuer is NatsKeyType.Account,
        ClaimKind.AuthorizationRequest => issuer is NatsKeyType.Server,
        _ => true,
    };

    /// <summary>The key type of the subject of tokens of this kind; null if any text is allowed.</summary>
    public static NatsKeyType? SubjectOf(ClaimKind kind) => kind switch
    {
        ClaimKind.Operator => NatsKeyType.Operator,
        ClaimKind.Account or ClaimKind.Activation => NatsKeyType.Account,
        ClaimKind.User => NatsKeyType.User,
        _ => null,
    };
}
