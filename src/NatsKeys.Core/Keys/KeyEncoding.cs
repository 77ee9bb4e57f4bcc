using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NatsKeys.Keys;

/// <summary>
/// Encodes and decodes the text forms of nkeys: base32 of prefix, payload and little endian CRC-16. Decoding is strict: a text is accepted only if
/// encoding its bytes again gives the same characters, so each key has only one spelling.
/// </summary>
internal static class KeyEncoding
{
    public const int RawLength = 32;
    public const int PublicLength = 56;
    public const int SeedLength = 58;

    /// <summary>The longest private form: Ed25519's seed followed by its public key.</summary>
    public const int PrivateLength = 108;

    private const byte SeedMarker = 0x90;
    private const byte PrivateMarker = 0x78;
    private const int ChecksumLength = 2;

    /// <summary>The maximum length of a key text. Longer texts are refused before they are decoded.</summary>
    private const int MaximumLength = PrivateLength;

    public static bool IsType(byte prefix) => (NatsKeyType)prefix
        is NatsKeyType.Account or NatsKeyType.Cluster or NatsKeyType.Server
        or NatsKeyType.Operator or NatsKeyType.User or NatsKeyType.Curve;

    public static string EncodePublic(NatsKeyType type, ReadOnlySpan<byte> key)
    {
        Span<char> text = stackalloc char[PublicLength];
        Encode([(byte)type], key, text);
        return new string(text);
    }

    public static void EncodeSeed(NatsKeyType type, ReadOnlySpan<byte> seed, Span<char> destination)
    {
        if (!IsType((byte)type))
        {
            throw new NatsKeysException(ErrorCode.InvalidPrefixByte, $"There is no key type with the prefix byte 0x{(byte)type:X2}.");
        }

        if (seed.Length != RawLength)
        {
            throw new NatsKeysException(ErrorCode.InvalidSeedLength, $"A raw seed must have {RawLength} bytes. This one has {seed.Length}.");
        }

        // The marker's five bits, then the type's eight bits, fill two bytes up to three zero bits.
        Encode([(byte)(SeedMarker | ((byte)type >> 5)), (byte)((byte)type << 3)], seed, destination);
    }

    /// <summary>Writes the private form: the seed and public key of an Ed25519 key, or only the secret of a curve key.</summary>
    /// <returns>The number of characters written.</returns>
    public static int EncodePrivate(NatsKeyType type, ReadOnlySpan<byte> seed, ReadOnlySpan<byte> publicKey, Span<char> destination)
    {
        Span<byte> payload = stackalloc byte[2 * RawLength];
        try
        {
            seed.CopyTo(payload);
            publicKey.CopyTo(payload[RawLength..]);
            if (type == NatsKeyType.Curve)
            {
                payload = payload[..RawLength];
            }

            int length = Base32.EncodedLength(1 + payload.Length + ChecksumLength);
            Encode([PrivateMarker], payload, destination[..length]);
            return length;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(payload);
        }
    }

    /// <summary>Reads a public key.</summary>
    /// <returns>Null if the text is valid; otherwise the reason why it is not.</returns>
    public static ErrorCode? DecodePublic(ReadOnlySpan<char> text, out NatsKeyType type, Span<byte> key)
    {
        type = default;
        Span<byte> bytes = stackalloc byte[Base32.DecodedLength(MaximumLength)];
        try
        {
            if (Decode(text, bytes, out int length) is { } error)
            {
                return error;
            }

            if (length != 1 + RawLength + ChecksumLength || !IsType(bytes[0]))
            {
                return ErrorCode.InvalidPublicKey;
            }

            if (!IsCanonical(text, bytes[..length]))
            {
                return ErrorCode.InvalidEncoding;
            }

            type = (NatsKeyType)bytes[0];
            bytes.Slice(1, RawLength).CopyTo(key);
            return null;
        }
        finally
        {
            // The text may be a misplaced seed.
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Reads a seed. The caller clears <paramref name="seed"/>.</summary>
    /// <returns>Null if the text is valid; otherwise the reason why it is not.</returns>
    public static ErrorCode? DecodeSeed(ReadOnlySpan<char> text, out NatsKeyType type, Span<byte> seed)
    {
        type = default;
        Span<byte> bytes = stackalloc byte[Base32.DecodedLength(MaximumLength)];
        try
        {
            if (Decode(text, bytes, out int length) is { } error)
            {
                return error;
            }

            byte prefix = (byte)((bytes[0] << 5) | (bytes[1] >> 3));
            bool marked = (bytes[0] & 0xF8) == SeedMarker && (bytes[1] & 0x07) == 0;
            if (length != 2 + RawLength + ChecksumLength || !marked || !IsType(prefix))
            {
                return ErrorCode.InvalidSeed;
            }

            if (!IsCanonical(text, bytes[..length]))
            {
                return ErrorCode.InvalidEncoding;
            }

            type = (NatsKeyType)prefix;
            bytes.Slice(2, RawLength).CopyTo(seed);
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Explains why a text is not a key. The text is not repeated, because it may be a seed.</summary>
    public static string Explain(ErrorCode error) => error switch
    {
        ErrorCode.Base32Corrupt => "it has characters other than A-Z and 2-7",
        ErrorCode.InvalidEncoding => "its length or its last character is wrong for a key",
        ErrorCode.InvalidChecksum => "its checksum does not match: it was mistyped or damaged",
        ErrorCode.InvalidPublicKey => "it is correctly encoded, but not a public key",
        ErrorCode.InvalidSeed => "it is correctly encoded, but not a seed",
        _ => "it is not a key",
    };

    private static void Encode(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> payload, Span<char> destination)
    {
        Span<byte> bytes = stackalloc byte[prefix.Length + payload.Length + ChecksumLength];
        try
        {
            prefix.CopyTo(bytes);
            payload.CopyTo(bytes[prefix.Length..]);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[^ChecksumLength..], Crc16.Compute(bytes[..^ChecksumLength]));
            Base32.Encode(bytes, destination);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static ErrorCode? Decode(ReadOnlySpan<char> text, Span<byte> bytes, out int length)
    {
        length = Base32.DecodedLength(text.Length);
        if (text.Length > MaximumLength)
        {
            return ErrorCode.InvalidEncoding;
        }

        if (!Base32.TryDecode(text, bytes))
        {
            return ErrorCode.Base32Corrupt;
        }

        if (length < 2 + ChecksumLength)
        {
            return ErrorCode.InvalidEncoding;
        }

        ushort checksum = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(length - ChecksumLength, ChecksumLength));
        return checksum == Crc16.Compute(bytes[..(length - ChecksumLength)]) ? null : ErrorCode.InvalidChecksum;
    }

    private static bool IsCanonical(ReadOnlySpan<char> text, ReadOnlySpan<byte> bytes)
    {
        Span<char> again = stackalloc char[MaximumLength];
        Base32.Encode(bytes, again);
        bool canonical = text.SequenceEqual(again[..Base32.EncodedLength(bytes.Length)]);
        again.Clear();
        return canonical;
    }
}
