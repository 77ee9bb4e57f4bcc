using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>Represents what a client needs to connect: a user's token, and the key pair that proves the client's identity.</summary>
public sealed class NatsCredential : IDisposable
{
    private readonly UserClaims claims;

    internal NatsCredential(NatsJwt jwt, NatsKeyPair keyPair)
    {
        claims = jwt.Claims as UserClaims
            ?? throw new NatsKeysException(
                ErrorCode.InvalidCredential, $"The token '{jwt.Name}' has kind {jwt.Claims.KindText ?? "generic"}. A user token is required.");
        claims.Freeze();
        Token = jwt;
        KeyPair = keyPair;
    }

    /// <summary>The user's name.</summary>
    public string? Name => claims.Name;

    /// <summary>The user's public key.</summary>
    public string? Subject => claims.Subject;

    /// <summary>The public key that signed the user.</summary>
    public string? Issuer => claims.Issuer;

    /// <summary>The public key of the user's account.</summary>
    public string? IssuerAccount => claims.IssuerAccount ?? claims.Issuer;

    /// <summary>When the user expires; null for never.</summary>
    public DateTimeOffset? Expires => Token.Expires;

    /// <summary>Whether the seed belongs to the user of the token. Servers reject clients whose seed does not.</summary>
    public bool Matches => KeyPair.PublicKey == Subject;

    /// <summary>The token.</summary>
    public NatsJwt Token { get; }

    /// <summary>The key pair.</summary>
    public NatsKeyPair KeyPair { get; }

    /// <summary>Copies the credentials, including the key pair.</summary>
    public NatsCredential Copy() => new(Token, KeyPair.Copy());

    /// <summary>Returns the user's name.</summary>
    public override string ToString() => TextSanitizer.Clean(Name ?? Subject ?? "");

    /// <summary>Clears the seed from memory.</summary>
    public void Dispose() => KeyPair.Dispose();
}
