using System.Security.Cryptography;
using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>Signs bytes with an external key, and returns the Ed25519 signature.</summary>
/// <param name="data">The bytes to sign.</param>
/// <exception cref="OperationCanceledException">The work was cancelled. This is not treated as a failure of the signer.</exception>
internal delegate byte[] SignFunction(byte[] data);

/// <summary>
/// An external key that is used through a function. If its public key is unknown, the function first signs random bytes, and the key is the
/// candidate that verifies the signature. Every signature is verified.
/// </summary>
internal sealed class ExternalSigner : ISigner
{
    private const int ProbeLength = 32;
    private const string Unnamed = "The external signer";
    private readonly SignFunction sign;
    private readonly string who;

    /// <summary>Creates a signer for a function whose key is known.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <param name="sign">The function.</param>
    /// <param name="who">The owner of the function, for messages.</param>
    internal ExternalSigner(string publicKey, SignFunction sign, string who = Unnamed)
    {
        PublicKey = publicKey;
        this.sign = sign;
        this.who = who;
    }

    /// <inheritdoc/>
    public string PublicKey { get; }

    /// <summary>Identifies the key with which a function signs.</summary>
    /// <param name="sign">The function.</param>
    /// <param name="candidates">The possible public keys.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.ExternalSigner"/>: it is none of them, or the function returns no signature.
    /// </exception>
    public static ExternalSigner Identify(SignFunction sign, IReadOnlyCollection<string> candidates)
    {
        byte[] probe = RandomNumberGenerator.GetBytes(ProbeLength);
        byte[] signature = Call(sign, probe, Unnamed);
        string? found = candidates.FirstOrDefault(candidate => NatsKeyPair.Verify(candidate, probe, signature));
        return found is not null
            ? new ExternalSigner(found, sign)
            : throw Fault($"{Unnamed}'s signature does not verify with any key that may sign here: {string.Join(", ", candidates)}.");
    }

    /// <inheritdoc/>
    public void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
    {
        byte[] result = Call(sign, data.ToArray(), who);
        if (!NatsKeyPair.Verify(PublicKey, data, result))
        {
            throw Fault($"{who} returned something that is not a signature of its key {PublicKey}.");
        }

        result.CopyTo(signature);
    }

    /// <summary>Signs with a function whose key is unknown. Only the length of the signature can be checked.</summary>
    internal static byte[] SignUnidentified(SignFunction sign, byte[] data) =>
        Call(sign, data, Unnamed) is { Length: ISigner.SignatureLength } signature
        ? signature
        : throw Fault($"{Unnamed} returned something that is not a signature of {ISigner.SignatureLength} bytes.");

    private static SigningKeyException Fault(string message, Exception? inner = null) =>
        new(new NatsKeysException(ErrorCode.ExternalSigner, message, inner));

    private static byte[] Call(SignFunction sign, byte[] data, string who)
    {
        try
        {
            return sign(data);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw Fault($"{who} failed: {error.Message}", error);
        }
    }
}
