namespace NatsKeys.Keys;

/// <summary>Something that signs in the name of one public key: a key pair, or a key that lives elsewhere (a vault, an HSM).</summary>
public interface ISigner
{
    /// <summary>The length of every signature in bytes (Ed25519).</summary>
    const int SignatureLength = 64;

    /// <summary>The public key whose signature this is.</summary>
    string PublicKey { get; }

    /// <summary>Signs the bytes unchanged: Ed25519 without context or pre-hash.</summary>
    /// <param name="data">The bytes to sign.</param>
    /// <param name="signature">Takes the <see cref="SignatureLength"/> bytes of the signature.</param>
    /// <exception cref="NatsKeysException">The key cannot sign.</exception>
    void Sign(ReadOnlySpan<byte> data, Span<byte> signature);
}
