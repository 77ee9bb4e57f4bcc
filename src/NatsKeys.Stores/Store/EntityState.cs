namespace NatsKeys.Store;

/// <summary>
/// The states of an entity, which follow from its file, its token, its times and its parent: the values of <see cref="NatsEntity.State"/>. They are
/// strings, because an enumeration is a bare number in JSON.
/// </summary>
internal static class EntityState
{
    /// <summary>The token matches the file, its signature is valid, it is within its validity period and its parent lists the issuer.</summary>
    public const string Signed = nameof(Signed);

    /// <summary>There is no token yet.</summary>
    public const string Unsigned = nameof(Unsigned);

    /// <summary>The readable part was edited after it was signed.</summary>
    public const string Modified = nameof(Modified);

    /// <summary>The token has expired.</summary>
    public const string Expired = nameof(Expired);

    /// <summary>The token is not valid yet.</summary>
    public const string NotYetValid = nameof(NotYetValid);

    /// <summary>The issuer is neither the parent's identity key nor one of its signing keys, or the signature is not valid.</summary>
    public const string Untrusted = nameof(Untrusted);

    /// <summary>The account of the user rejects the token: it was issued before the time of a revocation.</summary>
    public const string Revoked = nameof(Revoked);
}
