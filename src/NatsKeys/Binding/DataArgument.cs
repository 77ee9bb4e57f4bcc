using System.Management.Automation;
using System.Text;
using NatsKeys.Files;

namespace NatsKeys.Binding;

/// <summary>
/// Data that is signed, sealed or opened: bytes, text, which becomes UTF-8, or a file. The parameters take any object: only so does
/// the engine bind an array of bytes as one value, and a line of a file as its text and not as the path that it bears.
/// </summary>
internal static class DataArgument
{
    /// <param name="data">The data.</param>
    /// <param name="fullPath">Makes the path of an object full that stands for a file.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidData"/>: it is something else.</exception>
    public static byte[] Bytes(PSObject data, Func<string, string> fullPath) => data.BaseObject switch
    {
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        FileInfo file => DataFile.Read(file.FullName),
        object[] items when items.All(IsByte) => [.. items.Select(item => (byte)Unwrap(item))],
        byte => throw new NatsKeysException(ErrorCode.InvalidData, "A single byte came down the pipeline. Bytes are one value there with a comma before them: ,$bytes | …"),
        _ when data.Properties["PSPath"]?.Value is string path => DataFile.Read(fullPath(path)),
        var other => throw new NatsKeysException(ErrorCode.InvalidData, $"A {other.GetType().Name} is neither bytes, text nor a file."),
    };

    private static bool IsByte(object item) => Unwrap(item) is byte;

    private static object Unwrap(object item) => item is PSObject wrapped ? wrapped.BaseObject : item;
}
