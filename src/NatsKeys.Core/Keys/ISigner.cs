namespace NatsKeys.Keys;

/// <summary>Signs for one public key: a key pair, or a key that is stored elsewhere (a vault, an HSM).</summary>
public interface ISigner
{
    /// <summary>The length of every signature in bytes (Ed25519).</summary>
    const int SignatureLength = 64;

    /// <summary>The public key of the signatures.</summary>
    string PublicKey { get; }

    /// <summary>Signs the bytes unchanged: Ed25519 without context or pre-hash.</summary>
    /// <param name="data">The bytes to sign.</param>
    /// <param name="signature">The buffer for the <see cref="SignatureLength"/> bytes of the signature.</param>
    /// <exception cref="NatsKeysException">The key cannot sign.</exception>
    void Sign(ReadOnlySpan<byte> data, Span<byte> signature);
}
