using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Jwt;

/// <summary>Which types of key may be the subject and the issuer of a kind of token.</summary>
internal static class IssuerTypes
{
    /// <summary>Whether a key of this type may issue tokens of this kind. Generic tokens may be issued by any.</summary>
    public static bool MayIssue(NatsKeyType issuer, ClaimKind kind) => kind switch
    {
        ClaimKind.Operator => issuer is NatsKeyType.Operator,
        ClaimKind.Account or ClaimKind.Activation => issuer is NatsKeyType.Account or NatsKeyType.Operator,
        ClaimKind.User or ClaimKind.AuthorizationResponse => issuer is NatsKeyType.Account,
        ClaimKind.AuthorizationRequest => issuer is NatsKeyType.Server,
        _ => true,
    };

    /// <summary>The type of key that a token of this kind is about; null where any text will do.</summary>
    public static NatsKeyType? SubjectOf(ClaimKind kind) => kind switch
    {
        ClaimKind.Operator => NatsKeyType.Operator,
        ClaimKind.Account or ClaimKind.Activation => NatsKeyType.Account,
        ClaimKind.User => NatsKeyType.User,
        _ => null,
    };
}
