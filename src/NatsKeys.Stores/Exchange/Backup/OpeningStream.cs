using System.Security.Cryptography;
using NatsKeys.Keys;

namespace NatsKeys.Exchange;

/// <summary>Decrypts the chunks of a backup one after the other. It returns only authenticated bytes, and clears its buffers.</summary>
/// <param name="file">The file, positioned after its header.</param>
/// <param name="cipher">The cipher of the chunks.</param>
/// <param name="path">The path, for error messages.</param>
internal sealed class OpeningStream(Stream file, ChunkCipher cipher, string path) : Stream
{
    private readonly byte[] content = SecretArray.Of<byte>(ChunkCipher.ContentLength);
    private readonly byte[] chunk = new byte[ChunkCipher.Length];
    private readonly long end = file.Length;
    private int filled;
    private int taken;
    private long number;
    private bool isAtEnd;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The maximum number of bytes that can still be read.</summary>
    public long Most => filled - taken + (end - file.Position);

    public override int Read(Span<byte> buffer)
    {
        if (taken == filled && !isAtEnd)
        {
            OpenChunk();
        }

        int length = Math.Min(buffer.Length, filled - taken);
        content.AsSpan(taken, length).CopyTo(buffer);
        taken += length;
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Decrypts the rest, to check that the file is complete.</summary>
    public void ReadToEnd()
    {
        while (!isAtEnd)
        {
            OpenChunk();
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        CryptographicOperations.ZeroMemory(content);
        base.Dispose(disposing);
    }

    private void OpenChunk()
    {
        long left = end - file.Position;
        bool isLast = left <= ChunkCipher.Length;
        Span<byte> box = chunk.AsSpan(0, (int)Math.Min(left, ChunkCipher.Length));
        if (file.ReadAtLeast(box, box.Length, throwOnEndOfStream: false) < box.Length
            || box.Length < ChunkCipher.TagLength
            || !cipher.TryOpen(number, isLast, box, content.AsSpan(0, box.Length - ChunkCipher.TagLength)))
        {
            throw BackupFault.Invalid(path, "It is truncated or was altered");
        }

        (filled, taken, isAtEnd) = (box.Length - ChunkCipher.TagLength, 0, isLast);
        number++;
    }
}
