using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Store;

/// <summary>What a store keeps of an entity: what is wanted, and the token that was signed; null before that.</summary>
/// <remarks>Whatever it holds is read-only: a document is in many hands at once.</remarks>
internal sealed record EntityDocument(ClaimSet Wanted, string? Jwt)
{
    private readonly ClaimSet wanted = Settled(Wanted);

    /// <summary>What is wanted. Claims that can be changed are copied.</summary>
    public ClaimSet Wanted { get => wanted; init => wanted = Settled(value); }

    /// <summary>What the token states, where it was read already. Its signature was not checked then.</summary>
    public NatsJwt? Unchecked { get; init; }

    /// <summary>What the token states, unchecked; where it cannot be read, and where there is none, what is wanted.</summary>
    public ClaimSet Signed => Unchecked?.Claims ?? Wanted;

    /// <summary>The public key that signed the token, even if another one will sign the next; null if there is no token.</summary>
    public string? Signer => Jwt is null ? null : Signed.Issuer;

    /// <summary>Reads the token and checks it.</summary>
    /// <exception cref="NatsKeysException">One of the <c>Token…</c> codes of <see cref="ErrorCode"/>.</exception>
    public NatsJwt ReadToken() => Unchecked is null ? JwtReader.Read(Jwt!) : JwtReader.Check(Unchecked);

    /// <summary>What the token states, unchecked; null where there is none, or none that can be read.</summary>
    public NatsJwt? TryReadUnchecked() => Unchecked ?? JwtReader.TryReadUnchecked(Jwt);

    /// <summary>The token; null where there is none, or none that is good.</summary>
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

        var copy = (ClaimSet)claims.Copy();
        copy.Freeze();
        return copy;
    }
}
