using NatsKeys.Signing;

namespace NatsKeys.Core.Tests.Signing;

/// <summary>What is kept of the output of a program that has ended.</summary>
public class ProgramOutputTests
{
    [Fact]
    public void All_of_a_short_output_is_kept_in_whatever_pieces_it_comes()
    {
        byte[] written = [.. Enumerable.Range(0, 1000).Select(index => (byte)index)];
        Assert.Equal(written, Kept(new Pieces(written, 7)));
    }

    [Theory]
    [InlineData(4095, 4095)]
    [InlineData(4096, 4096)]
    [InlineData(4097, 4096)]
    [InlineData(20_000, 4096)]
    public void Of_a_long_output_the_beginning_is_kept_and_the_rest_is_read(int length, int kept)
    {
        byte[] written = [.. Enumerable.Range(0, length).Select(index => (byte)(index % 251))];
        var stream = new Pieces(written, 1000);
        Assert.Equal(written[..kept], Kept(stream));
        Assert.Equal(0, stream.Left);
    }

    [Fact]
    public void What_came_before_the_pipe_broke_is_kept() =>
        Assert.Equal([1, 2, 3], Kept(new Pieces([1, 2, 3], 2, new IOException())));

    /// <summary>What was kept once a stream was read to its end, however long that takes.</summary>
    private static byte[] Kept(Pieces stream)
    {
        var output = new ProgramOutput(stream);
        stream.Ended.Wait();
        return output.Take(_ => false);
    }

    /// <summary>Gives a few bytes each time, and then its end or an error.</summary>
    private sealed class Pieces(byte[] all, int most, IOException? error = null) : Stream
    {
        private int given;

        public ManualResetEventSlim Ended { get; } = new();

        public int Left => all.Length - given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => all.Length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int taken = Math.Min(Math.Min(count, most), Left);
            if (taken == 0)
            {
                Ended.Set();
                return error is null ? 0 : throw error;
            }

            all.AsSpan(given, taken).CopyTo(buffer.AsSpan(offset));
            given += taken;
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
