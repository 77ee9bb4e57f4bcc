using System.Buffers.Binary;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace NatsKeys.Keys;

/// <summary>A raw seed in memory. It is encrypted with a single key of this process, which is in libsodium's guarded memory.</summary>
/// <remarks>
/// A separate guarded allocation for every seed would need three memory mappings each, and a process may have only some 65,000 of them: twenty
/// thousand users in a variable would exceed that. So one guarded key protects all seeds. Only a key pair that has signed has a guarded allocation of
/// its own, until it is disposed.
/// </remarks>
internal sealed class SealedSeed : IDisposable
{
    private const int NonceLength = 24;
    private static readonly AeadAlgorithm Algorithm = AeadAlgorithm.XChaCha20Poly1305;
    private static readonly Key Guard = Key.Create(Algorithm);
    private static long lastNonce;

    private readonly byte[] box;
    private readonly long nonce;
    private bool disposed;

    public SealedSeed(ReadOnlySpan<byte> seed)
    {
        nonce = Interlocked.Increment(ref lastNonce);
        box = new byte[KeyEncoding.RawLength + Algorithm.TagSize];
        Span<byte> nonceBytes = stackalloc byte[NonceLength];
        WriteNonce(nonceBytes);
        Algorithm.Encrypt(Guard, nonceBytes, [], seed, box);
    }

    private SealedSeed(long nonce, byte[] box) => (this.nonce, this.box) = (nonce, box);

    /// <summary>Copies the seed. Disposing one does not affect the other.</summary>
    public SealedSeed Copy()
    {
        lock (box)
        {
            // Another thread may be clearing the seed, and a half-cleared one must not be copied.
            ObjectDisposedException.ThrowIf(disposed, typeof(NatsKeyPair));
            return new SealedSeed(nonce, (byte[])box.Clone());
        }
    }

    /// <summary>Opens the seed into a buffer that the caller clears.</summary>
    public void CopyTo(Span<byte> seed)
    {
        Span<byte> nonceBytes = stackalloc byte[NonceLength];
        WriteNonce(nonceBytes);
        lock (box)
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(NatsKeyPair));
            if (!Algorithm.Decrypt(Guard, nonceBytes, [], box, seed))
            {
                throw new CryptographicException("A seed in memory was altered.");
            }
        }
    }

    public void Dispose()
    {
        lock (box)
        {
            disposed = true;
            CryptographicOperations.ZeroMemory(box);
        }
    }

    private void WriteNonce(Span<byte> destination)
    {
        destination.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(destination, nonce);
    }
}
