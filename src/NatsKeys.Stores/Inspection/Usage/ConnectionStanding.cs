namespace NatsKeys.Inspection;

/// <summary>How the user of a connection stands to what the store has.</summary>
public enum ConnectionStanding : long
{
    /// <summary>The client holds the token that the store has.</summary>
    Current,

    /// <summary>The client holds another token of the user than the store has, such as one that was signed before.</summary>
    OtherToken,

    /// <summary>
    /// The server tells no token: the user came by an authorization callout, or by a bearer token. What is known of it does not object.
    /// </summary>
    NoToken,

    /// <summary>The token has expired.</summary>
    Expired,

    /// <summary>The account of the store revokes the token.</summary>
    Revoked,

    /// <summary>The key that signed the token is not, or no longer, a key of the account.</summary>
    UnlistedKey,

    /// <summary>The store has the account and not the user.</summary>
    UnknownUser,

    /// <summary>The store does not have the account.</summary>
    UnknownAccount,
}
