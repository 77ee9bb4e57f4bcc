using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>Signs what is no entity of a store: any claims, and any bytes. It asks for the type of the key, not for trust.</summary>
/// <param name="keys">Where public keys are looked up. They stay the caller's.</param>
internal sealed class FreeSigner(KeyRing keys)
{
    private readonly SignerFinder signers = new(keys);

    /// <summary>Signs claims.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="signingKey">The key; an external signer's must be the issuer or the subject that the claims name.</param>
    /// <param name="clock">Gives the issue time.</param>
    /// <exception cref="NatsKeysException">The claims cannot be written, or the key cannot be had or not sign them.</exception>
    public NatsJwt Sign(ClaimSet claims, SigningKeyChoice signingKey, TimeProvider clock)
    {
        string[] candidates = [.. new[] { claims.Issuer, claims.Subject }.OfType<string>().Where(key => PublicNkey.TryGetType(key, out _))];
        return JwtReader.Read(JwtWriter.Write(claims, signers.FindAny(signingKey, candidates, "the claims"), clock));
    }

    /// <summary>Signs bytes.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="signingKey">The key.</param>
    /// <exception cref="NatsKeysException">The key cannot be had or not sign.</exception>
    public byte[] Sign(ReadOnlySpan<byte> data, SigningKeyChoice signingKey)
    {
        // Nobody says whose signature it shall be, so an external signer's is taken as it is.
        if (signingKey is SigningKeyChoice.ByFunction external)
        {
            return ExternalSigner.SignUnidentified(external.Sign, data.ToArray());
        }

        var signature = new byte[ISigner.SignatureLength];
        signers.FindAny(signingKey, [], "the data").Sign(data, signature);
        return signature;
    }
}
