using NatsKeys.Claims;

namespace NatsKeys.Jwt;

/// <summary>A token: its text and its claims.</summary>
public sealed class NatsJwt
{
    internal NatsJwt(string token, ClaimSet claims)
    {
        Token = token;
        Claims = claims;
    }

    /// <summary>The token's text.</summary>
    public string Token { get; }

    /// <summary>The claims of the token.</summary>
    internal ClaimSet Claims { get; }

    /// <summary>
    /// Gets the claims of the token. They are read-only if the token belongs to a shared object, such as a request. Otherwise the caller may change
    /// and sign them again, which does not change this token. This is not a property, because JSON would repeat all claims in depth.
    /// </summary>
    public ClaimSet GetClaims() => Claims;

    /// <summary>The kind of the token.</summary>
    public ClaimKind Kind => Claims.Kind;

    /// <summary>The version of its layout, 1 or 2.</summary>
    public int Version => Claims.Version;

    /// <summary>The name shown to people.</summary>
    public string? Name => Claims.Name;

    /// <summary>The public key of the subject.</summary>
    public string? Subject => Claims.Subject;

    /// <summary>The public key of the issuer, which signed the token.</summary>
    public string? Issuer => Claims.Issuer;

    /// <summary>The account that the signing key belongs to; null if the token does not state it.</summary>
    public string? IssuerAccount => Claims switch
    {
        UserClaims user => user.IssuerAccount,
        ActivationClaims activation => activation.IssuerAccount,
        AuthorizationResponseClaims response => response.IssuerAccount,
        _ => null,
    };

    /// <summary>The time at which it was signed.</summary>
    public DateTimeOffset? IssuedAt => UnixTime.ToDate(Claims.IssuedAt);

    /// <summary>The time at which it expires; null for never.</summary>
    public DateTimeOffset? Expires => UnixTime.ToDate(Claims.Expires);

    /// <summary>The time at which it becomes valid; null for none.</summary>
    public DateTimeOffset? NotBefore => UnixTime.ToDate(Claims.NotBefore);

    /// <summary>Its labels.</summary>
    public IReadOnlyList<string> Tags => new PrintableList<string>(Claims.Tags);

    /// <summary>The public keys of the signing keys that an operator or account lists.</summary>
    public IReadOnlyList<string> SigningKeys => new PrintableList<string>(Claims.ListedKeys);

    /// <summary>
    /// Whether the signature of a token with read-only claims was verified. Such a token cannot change, so it is verified only once. Verification
    /// takes most of the time of reading.
    /// </summary>
    internal bool IsChecked { get; set; }

    /// <summary>The token's text.</summary>
    public override string ToString() => Token;
}
