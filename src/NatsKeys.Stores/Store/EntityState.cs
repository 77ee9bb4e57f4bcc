namespace NatsKeys.Store;

/// <summary>How an entity's file and its token stand to each other and to their time and parents.</summary>
public enum EntityState
{
    /// <summary>The token says what the file wants, its signature holds, its time is right and its parent lists the issuer.</summary>
    Signed,

    /// <summary>There is no token yet.</summary>
    Unsigned,

    /// <summary>The readable part was edited after it was signed.</summary>
    Modified,

    /// <summary>The token has expired.</summary>
    Expired,

    /// <summary>The token is not valid yet.</summary>
    NotYetValid,

    /// <summary>The issuer is neither the parent's identity nor on its list of signing keys, or the signature does not hold.</summary>
    Untrusted,

    /// <summary>The account of the user refuses the token: it was issued before the time of a revocation.</summary>
    Revoked,
}
