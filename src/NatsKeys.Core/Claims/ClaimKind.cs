namespace NatsKeys.Claims;

/// <summary>What a token is about.</summary>
public enum ClaimKind : long
{
    /// <summary>Any kind that is none of the others.</summary>
    Generic,

    /// <summary>An operator.</summary>
    Operator,

    /// <summary>An account.</summary>
    Account,

    /// <summary>A user.</summary>
    User,

    /// <summary>The permission of one account to import what another exports.</summary>
    Activation,

    /// <summary>A server's question to an authorization callout.</summary>
    AuthorizationRequest,

    /// <summary>The answer of an authorization callout.</summary>
    AuthorizationResponse,
}
