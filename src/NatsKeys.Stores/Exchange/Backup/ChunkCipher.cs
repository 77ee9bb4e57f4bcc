using System.Buffers.Binary;
using NSec.Cryptography;

namespace NatsKeys.Exchange;

/// <summary>
/// Encrypts and decrypts the chunks of a backup (the STREAM construction). The nonce has the chunk's number and whether it is the last one, and the
/// header of the file is associated data. So altered, moved, missing or cut-off chunks, and chunks of another file, are detected. It is written by
/// hand because NSec encrypts only whole messages, and a backup may not fit into memory.
/// </summary>
/// <param name="key">The content key, which seals only this backup. It is copied; the caller clears its own copy.</param>
/// <param name="header">The header of the file.</param>
internal sealed class ChunkCipher(ReadOnlySpan<byte> key, byte[] header) : IDisposable
{
    public const int KeyLength = 32;

    /// <summary>The maximum number of content bytes in a chunk.</summary>
    public const int ContentLength = 64 * 1024;

    public const int TagLength = 16;

    /// <summary>The length of a full sealed chunk, in bytes.</summary>
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
