using System.Text;

namespace NatsKeys.Binding;

/// <summary>Bytes: given as such, or as text, which becomes UTF-8.</summary>
public sealed class DataArgument
{
    /// <summary>Takes bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public DataArgument(byte[] bytes) => Bytes = bytes;

    /// <summary>Takes text.</summary>
    /// <param name="text">The text.</param>
    public DataArgument(string text) => Bytes = Encoding.UTF8.GetBytes(text);

    /// <summary>The bytes.</summary>
    internal byte[] Bytes { get; }
}
