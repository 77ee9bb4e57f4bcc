using System.Buffers.Binary;
using NSec.Cryptography;

namespace NatsKeys.Exchange;

/// <summary>
/// Seals the chunks of a backup, each in its place: its number and whether it is the last are its nonce, and the head of the file is its associated
/// data. So no chunk can be altered, moved, left out or put under another head, and none cut off at the end (the construction called STREAM).
/// It is written by hand because NSec encrypts messages only, and no streams: a backup does not fit into memory.
/// </summary>
/// <param name="key">The key, which seals one backup and nothing else. It is copied; clearing it is the caller's.</param>
/// <param name="header">The head of the file.</param>
internal sealed class ChunkCipher(ReadOnlySpan<byte> key, byte[] header) : IDisposable
{
    public const int KeyLength = 32;

    /// <summary>The most that one chunk holds.</summary>
    public const int ContentLength = 64 * 1024;

    public const int TagLength = 16;

    /// <summary>The length of a sealed chunk that is full.</summary>
    public const int Length = ContentLength + TagLength;

    internal const int NonceLength = 24;
    private static readonly AeadAlgorithm Algorithm = AeadAlgorithm.XChaCha20Poly1305;
    private readonly Key key = Key.Import(Algorithm, key, KeyBlobFormat.RawSymmetricKey);

    public void Seal(long number, bool isLast, ReadOnlySpan<byte> content, Span<byte> chunk)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteNonce(number, isLast, nonce);
        Algorithm.Encrypt(key, nonce, header, content, chunk);
    }

    public bool TryOpen(long number, bool isLast, ReadOnlySpan<byte> chunk, Span<byte> content)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteNonce(number, isLast, nonce);
        return Algorithm.Decrypt(key, nonce, header, chunk, content);
    }

    public void Dispose() => key.Dispose();

    private static void WriteNonce(long number, bool isLast, Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[^9..^1], number);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
    }
}
