using System.Security.Cryptography;
using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>Gets bytes and gives back their Ed25519 signature: a key that lives elsewhere.</summary>
/// <param name="data">The bytes to sign.</param>
public delegate byte[] SignFunction(byte[] data);

/// <summary>
/// A key that lives elsewhere and is reached through a function. The function does not say whose key it is, so it is asked to sign
/// something meaningless first, and the key is the one of the candidates that this verifies with. Every signature is verified.
/// </summary>
public sealed class ExternalSigner : ISigner
{
    private const int ProbeLength = 32;
    private readonly SignFunction sign;

    private ExternalSigner(string publicKey, SignFunction sign)
    {
        PublicKey = publicKey;
        this.sign = sign;
    }

    /// <inheritdoc/>
    public string PublicKey { get; }

    /// <summary>Finds out which of some keys a function signs with.</summary>
    /// <param name="sign">The function.</param>
    /// <param name="candidates">The public keys that it could be.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ExternalSigner"/>: it is none of them, or the function gives no signature.</exception>
    public static ExternalSigner Identify(SignFunction sign, IReadOnlyCollection<string> candidates)
    {
        byte[] probe = RandomNumberGenerator.GetBytes(ProbeLength);
        byte[] signature = sign(probe);
        string? found = candidates.FirstOrDefault(candidate => Verifies(candidate, probe, signature));
        return found is not null
            ? new ExternalSigner(found, sign)
            : throw new NatsKeysException(
                ErrorCode.ExternalSigner, $"The external signer's signature is that of none of the keys that may sign here: {string.Join(", ", candidates)}.");
    }

    /// <inheritdoc/>
    public void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
    {
        byte[] result = sign(data.ToArray());
        if (!Verifies(PublicKey, data, result))
        {
            throw new NatsKeysException(ErrorCode.ExternalSigner, $"The external signer gave something that is not the signature of its key {PublicKey}.");
        }

        result.CopyTo(signature);
    }

    private static bool Verifies(string publicKey, ReadOnlySpan<byte> data, byte[] signature)
    {
        using NatsKeyPair key = NatsKeyPair.FromPublicKey(publicKey);
        return key.Verify(data, signature);
    }
}
