namespace NatsKeys.Claims;

/// <summary>The kind of a token's claims.</summary>
public enum ClaimKind : long
{
    /// <summary>Any other kind.</summary>
    Generic,

    /// <summary>An operator.</summary>
    Operator,

    /// <summary>An account.</summary>
    Account,

    /// <summary>A user.</summary>
    User,

    /// <summary>The permission for one account to import an export of another.</summary>
    Activation,

    /// <summary>A server's request to an authorization callout.</summary>
    AuthorizationRequest,

    /// <summary>The response of an authorization callout.</summary>
    AuthorizationResponse,
}
