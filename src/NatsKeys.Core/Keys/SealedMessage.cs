using System.Security.Cryptography;

namespace NatsKeys.Keys;

/// <summary>
/// Seals and opens messages from one curve key to another: <c>xkv1</c>, a random nonce of 24 bytes, then the output of NaCl's <c>crypto_box</c>. The
/// sender's public key is not part of the message. The sender can open it as well.
/// </summary>
public static class SealedMessage
{
    private const int VersionLength = 4;
    private const int HeaderLength = VersionLength + Libsodium.NonceLength;

    internal static ReadOnlySpan<byte> Version => "xkv1"u8;

    /// <summary>Seals a message.</summary>
    /// <param name="message">The message; may be empty.</param>
    /// <param name="sender">The curve key of the sender, with its seed.</param>
    /// <param name="recipient">The curve public key of the recipient.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidNKeyOperation"/>: the sender's key is not a curve key; <see cref="ErrorCode.CannotSeal"/>: its seed is not
    /// available; <see cref="ErrorCode.InvalidRecipient"/>: the recipient's key is not a curve public key.
    /// </exception>
    public static byte[] Seal(ReadOnlySpan<byte> message, NatsKeyPair sender, string recipient) =>
        Seal(message, sender, recipient, RandomNumberGenerator.GetBytes(Libsodium.NonceLength));

    /// <summary>Opens a sealed message.</summary>
    /// <param name="sealedMessage">The sealed message.</param>
    /// <param name="recipient">The curve key of the recipient, with its seed; or that of the sender.</param>
    /// <param name="sender">The curve public key of the sender; or that of the recipient, if the sender opens it.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidEncrypted"/>, <see cref="ErrorCode.InvalidEncVersion"/>, <see cref="ErrorCode.InvalidSender"/>,
    /// <see cref="ErrorCode.CannotOpen"/>, <see cref="ErrorCode.InvalidNKeyOperation"/>, or <see cref="ErrorCode.CouldNotDecrypt"/>: it was altered,
    /// or is not for and from these keys.
    /// </exception>
    public static byte[] Open(ReadOnlySpan<byte> sealedMessage, NatsKeyPair recipient, string sender)
    {
        RequireSecret(recipient, ErrorCode.CannotOpen, "open");
        if (sealedMessage.Length <= HeaderLength)
        {
            throw new NatsKeysException(
                ErrorCode.InvalidEncrypted, $"A sealed message has more than {HeaderLength} bytes. This one has {sealedMessage.Length}.");
        }

        if (!sealedMessage[..VersionLength].SequenceEqual(Version))
        {
            throw new NatsKeysException(ErrorCode.InvalidEncVersion, "This is not a sealed message of version xkv1.");
        }

        Span<byte> peer = stackalloc byte[KeyEncoding.RawLength];
        ReadCurve(sender, peer, ErrorCode.InvalidSender);
        ReadOnlySpan<byte> box = sealedMessage[HeaderLength..];
        byte[] message = SecretArray.Of<byte>(Math.Max(0, box.Length - Libsodium.TagLength));
        Span<byte> secret = stackalloc byte[KeyEncoding.RawLength];
        try
        {
            recipient.CopyRawSeed(secret);
            return box.Length >= Libsodium.TagLength
                && Libsodium.TryOpen(message, box, sealedMessage.Slice(VersionLength, Libsodium.NonceLength), peer, secret)
                ? message
                : throw new NatsKeysException(
                    ErrorCode.CouldNotDecrypt, "The sealed message cannot be opened: it was altered, or its sender or recipient has another key.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>Seals with a specified nonce, for test vectors.</summary>
    internal static byte[] Seal(ReadOnlySpan<byte> message, NatsKeyPair sender, string recipient, ReadOnlySpan<byte> nonce)
    {
        RequireSecret(sender, ErrorCode.CannotSeal, "seal");
        Span<byte> peer = stackalloc byte[KeyEncoding.RawLength];
        ReadCurve(recipient, peer, ErrorCode.InvalidRecipient);
        byte[] result = new byte[HeaderLength + Libsodium.TagLength + message.Length];
        Version.CopyTo(result);
        nonce.CopyTo(result.AsSpan(VersionLength));
        Span<byte> secret = stackalloc byte[KeyEncoding.RawLength];
        try
        {
            sender.CopyRawSeed(secret);
            Libsodium.Seal(result.AsSpan(HeaderLength), message, nonce, peer, secret);
            return result;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private static void RequireSecret(NatsKeyPair key, ErrorCode withoutSeed, string verb)
    {
        if (key.Type != NatsKeyType.Curve)
        {
            throw new NatsKeysException(ErrorCode.InvalidNKeyOperation, $"Key {key.PublicKey} is not a curve key: it cannot {verb}.");
        }

        if (!key.HasSeed)
        {
            throw new NatsKeysException(withoutSeed, $"Key {key.PublicKey} cannot {verb}: its private key is not available.");
        }
    }

    private static void ReadCurve(string text, Span<byte> key, ErrorCode error)
    {
        if (KeyEncoding.DecodePublic(text, out NatsKeyType type, key) is not null || type != NatsKeyType.Curve)
        {
            throw new NatsKeysException(error, $"{SecretShape.Show(text)} is not a curve public key (X…).");
        }
    }
}
