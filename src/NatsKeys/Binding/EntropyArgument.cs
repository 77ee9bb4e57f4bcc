namespace NatsKeys.Binding;

/// <summary>Randomness from elsewhere: 32 bytes, or a stream that gives them.</summary>
public sealed class EntropyArgument
{
    private const int Length = 32;

    /// <summary>Takes bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public EntropyArgument(byte[] bytes) => Bytes = bytes;

    /// <summary>Takes the next bytes of a stream.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <exception cref="EndOfStreamException">It ends before 32 bytes were read.</exception>
    public EntropyArgument(Stream stream)
    {
        Bytes = new byte[Length];
        stream.ReadExactly(Bytes);
    }

    /// <summary>The bytes, which become the raw seed.</summary>
    internal byte[] Bytes { get; }
}
