namespace NatsKeys.Store;

/// <summary>
/// The states of an entity, which follow from its file, its token, its times and its parent: the words of <see cref="NatsEntity.State"/>. They are
/// texts, because an enumeration is a bare number in JSON.
/// </summary>
internal static class EntityState
{
    /// <summary>The token says what the file wants, its signature holds, its time is right and its parent lists the issuer.</summary>
    public const string Signed = nameof(Signed);

    /// <summary>There is no token yet.</summary>
    public const string Unsigned = nameof(Unsigned);

    /// <summary>The readable part was edited after it was signed.</summary>
    public const string Modified = nameof(Modified);

    /// <summary>The token has expired.</summary>
    public const string Expired = nameof(Expired);

    /// <summary>The token is not valid yet.</summary>
    public const string NotYetValid = nameof(NotYetValid);

    /// <summary>The issuer is neither the parent's identity nor on its list of signing keys, or the signature does not hold.</summary>
    public const string Untrusted = nameof(Untrusted);

    /// <summary>The account of the user refuses the token: it was issued before the time of a revocation.</summary>
    public const string Revoked = nameof(Revoked);
}
