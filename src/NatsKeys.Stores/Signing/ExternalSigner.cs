using System.Security.Cryptography;
using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>Gets bytes and gives back their Ed25519 signature: a key that lives elsewhere.</summary>
/// <param name="data">The bytes to sign.</param>
/// <exception cref="OperationCanceledException">Somebody ended the work. It is passed on as it is, and is no failure of the signer.</exception>
internal delegate byte[] SignFunction(byte[] data);

/// <summary>
/// A key that lives elsewhere and is reached through a function. Where nobody says whose key it is, the function is asked to sign
/// something meaningless first, and the key is the one of the candidates that this verifies with. Every signature is verified.
/// </summary>
internal sealed class ExternalSigner : ISigner
{
    private const int ProbeLength = 32;
    private const string Unnamed = "The external signer";
    private readonly SignFunction sign;
    private readonly string who;

    /// <summary>Takes a function whose key is known.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <param name="sign">The function.</param>
    /// <param name="who">Whose function it is, for messages.</param>
    internal ExternalSigner(string publicKey, SignFunction sign, string who = Unnamed)
    {
        PublicKey = publicKey;
        this.sign = sign;
        this.who = who;
    }

    /// <inheritdoc/>
    public string PublicKey { get; }

    /// <summary>Finds out which of some keys a function signs with.</summary>
    /// <param name="sign">The function.</param>
    /// <param name="candidates">The public keys that it could be.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.ExternalSigner"/>: it is none of them, or the function gives no signature.
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

    /// <summary>The signature of a function whose key nobody names; only its length can be checked.</summary>
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
