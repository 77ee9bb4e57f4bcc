using System.Security.Cryptography;
using NatsKeys.Keys;

namespace NatsKeys.Exchange;

/// <summary>Encrypts what is written to it into a file, chunk by chunk. It buffers one chunk at most, and clears its buffer.</summary>
internal sealed class SealingStream(Stream file, ChunkCipher cipher) : Stream
{
    private readonly byte[] content = SecretArray.Of<byte>(ChunkCipher.ContentLength);
    private readonly byte[] chunk = new byte[ChunkCipher.Length];
    private int filled;
    private long number;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            // A full chunk is known not to be the last one only when more bytes follow.
            if (filled == content.Length)
            {
                SealChunk(isLast: false);
            }

            int length = Math.Min(buffer.Length, content.Length - filled);
            buffer[..length].CopyTo(content.AsSpan(filled));
            filled += length;
            buffer = buffer[length..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Seals the remaining bytes as the last chunk. A file without a last chunk is not a valid backup.</summary>
    public void Complete() => SealChunk(isLast: true);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        CryptographicOperations.ZeroMemory(content);
        base.Dispose(disposing);
    }

    private void SealChunk(bool isLast)
    {
        Span<byte> box = chunk.AsSpan(0, filled + ChunkCipher.TagLength);
        cipher.Seal(number++, isLast, content.AsSpan(0, filled), box);
        file.Write(box);
        filled = 0;
    }
}
