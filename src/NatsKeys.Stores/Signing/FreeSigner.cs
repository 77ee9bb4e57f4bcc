using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>Signs claims and bytes that belong to no entity of a store. It checks the type of the key, but not trust.</summary>
/// <param name="keys">The keys that are looked up. The caller disposes them.</param>
internal sealed class FreeSigner(KeyRing keys)
{
    private readonly SignerFinder signers = new(keys);

    /// <summary>Signs claims.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="signingKey">The key. The key of an external signer must be the issuer or the subject of the claims.</param>
    /// <param name="clock">Provides the issue time.</param>
    /// <exception cref="NatsKeysException">The claims cannot be encoded, or the key is not available or cannot sign them.</exception>
    public NatsJwt Sign(ClaimSet claims, SigningKeyChoice signingKey, TimeProvider clock)
    {
        string[] candidates = [.. new[] { claims.Issuer, claims.Subject }.OfType<string>().Where(key => PublicNkey.TryGetType(key, out _))];
        return JwtReader.Read(JwtWriter.Write(claims, signers.FindAny(signingKey, candidates, "the claims"), clock));
    }

    /// <summary>Signs bytes.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="signingKey">The key.</param>
    /// <exception cref="NatsKeysException">The key is not available or cannot sign.</exception>
    public byte[] Sign(ReadOnlySpan<byte> data, SigningKeyChoice signingKey)
    {
        // The expected key is unknown, so the signature of an external signer is not verified.
        if (signingKey is SigningKeyChoice.ByFunction external)
        {
            return ExternalSigner.SignUnidentified(external.Sign, data.ToArray());
        }

        var signature = new byte[ISigner.SignatureLength];
        signers.FindAny(signingKey, [], "the data").Sign(data, signature);
        return signature;
    }
}
