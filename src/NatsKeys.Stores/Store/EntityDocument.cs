using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Store;

/// <summary>What a store keeps of an entity: the wanted claims, and the signed token; null if it was never signed.</summary>
/// <remarks>Everything in it is read-only, because many callers share a document.</remarks>
internal sealed record EntityDocument(ClaimSet Wanted, string? Jwt)
{
    private readonly ClaimSet wanted = Settled(Wanted);

    /// <summary>The wanted claims. Claims that can be changed are copied.</summary>
    public ClaimSet Wanted { get => wanted; init => wanted = Settled(value); }

    /// <summary>The token as it was parsed, if that was done already. Its signature is not checked.</summary>
    public NatsJwt? Unchecked { get; init; }

    /// <summary>The claims of the token, unchecked; the wanted claims if there is no token or it cannot be read.</summary>
    public ClaimSet Signed => Unchecked?.Claims ?? Wanted;

    /// <summary>The public key that signed the token, even if another key will sign the next one; null if there is no token.</summary>
    public string? Signer => Jwt is null ? null : Signed.Issuer;

    /// <summary>Reads the token and checks it.</summary>
    /// <exception cref="NatsKeysException">One of the <c>Token…</c> codes of <see cref="ErrorCode"/>.</exception>
    public NatsJwt ReadToken() => Unchecked is null ? JwtReader.Read(Jwt!) : JwtReader.Check(Unchecked);

    /// <summary>Parses the token without checking it; null if there is none or it cannot be read.</summary>
    public NatsJwt? TryReadUnchecked() => Unchecked ?? JwtReader.TryReadUnchecked(Jwt);

    /// <summary>Reads the token and checks it; null if there is none or it is not valid.</summary>
    public NatsJwt? TryReadToken()
    {
        try
        {
            return Jwt is null ? null : ReadToken();
        }
        catch (NatsKeysException)
        {
            return null;
        }
    }

    private static ClaimSet Settled(ClaimSet claims)
    {
        if (claims.IsReadOnly)
        {
            return claims;
        }

        ClaimSet copy = ClaimCopier.Copy(claims);
        copy.Freeze();
        return copy;
    }
}
