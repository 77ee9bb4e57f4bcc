using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NSec.Cryptography;

namespace NatsKeys.KeyRoot;

/// <summary>
/// The text of an encrypted seed file: one line. The public key is associated data of the encryption, so one file cannot be substituted for
/// another.
/// </summary>
internal static class SealedKeyFormat
{
    internal const string Marker = "natskeys-sealed-1:";
    private const int NonceLength = 24;

    /// <summary>The length of the part of the marker that is the same in all versions.</summary>
    internal const int FixedLength = 16;
    private static readonly AeadAlgorithm Algorithm = AeadAlgorithm.XChaCha20Poly1305;
    internal static readonly int BoxLength = NonceLength + KeyEncoding.SeedLength + Algorithm.TagSize;

    /// <summary>Whether a text is an encrypted seed, even a truncated one.</summary>
    public static bool IsSealed(ReadOnlySpan<char> text) =>
        text.StartsWith(Marker.AsSpan(0, FixedLength), StringComparison.Ordinal)
            || (!text.IsEmpty && Marker.StartsWith(text, StringComparison.Ordinal));

    public static string Seal(Key rootKey, string publicKey, ReadOnlySpan<char> seed)
    {
        Span<byte> box = stackalloc byte[BoxLength];
        Span<byte> text = stackalloc byte[KeyEncoding.SeedLength];
        RandomNumberGenerator.Fill(box[..NonceLength]);
        try
        {
            Encoding.ASCII.GetBytes(seed, text);
            Algorithm.Encrypt(rootKey, box[..NonceLength], Encoding.ASCII.GetBytes(publicKey), text, box[NonceLength..]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }

        return Marker + Base64Url.EncodeToString(box);
    }

    /// <summary>Decrypts the key pair; null if the text was altered or truncated, or belongs to another public key or root key.</summary>
    public static NatsKeyPair? Open(Key rootKey, string publicKey, ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (!text.StartsWith(Marker, StringComparison.Ordinal)
            || Base64UrlReader.Decode(text[Marker.Length..]) is not { } box
            || box.Length != BoxLength)
        {
            return null;
        }

        Span<byte> seed = stackalloc byte[KeyEncoding.SeedLength];
        Span<char> seedText = stackalloc char[KeyEncoding.SeedLength];
        try
        {
            if (!Algorithm.Decrypt(rootKey, box.AsSpan(0, NonceLength), Encoding.ASCII.GetBytes(publicKey), box.AsSpan(NonceLength), seed))
            {
                return null;
            }

            Encoding.ASCII.GetChars(seed, seedText);
            return NatsKeyPair.FromSeed(seedText);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
            seedText.Clear();
        }
    }
}
