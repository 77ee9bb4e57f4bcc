namespace NatsKeys.Inspection;

/// <summary>How the user of a connection compares with the store.</summary>
public enum ConnectionStanding : long
{
    /// <summary>The client uses the token that is in the store.</summary>
    Current,

    /// <summary>The client uses another token of the user, such as an older one.</summary>
    OtherToken,

    /// <summary>
    /// The server reports no token, because the user signed in with an authorization callout or a bearer token. The store shows no reason to refuse
    /// the user.
    /// </summary>
    NoToken,

    /// <summary>The token has expired.</summary>
    Expired,

    /// <summary>The account in the store revokes the token.</summary>
    Revoked,

    /// <summary>The key that signed the token is not a key of the account, or no longer one.</summary>
    UnlistedKey,

    /// <summary>The store has the account, but not the user.</summary>
    UnknownUser,

    /// <summary>The store does not have the account.</summary>
    UnknownAccount,
}
