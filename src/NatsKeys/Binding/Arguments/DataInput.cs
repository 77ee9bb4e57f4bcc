using System.Management.Automation;
using System.Text;
using NatsKeys.Files;
using NatsKeys.Pipeline;

namespace NatsKeys.Binding;

/// <summary>
/// Data to sign, seal or open: bytes, text, which is encoded as UTF-8, or a file. The parameters have the type object. Only then does PowerShell bind
/// an array of bytes as one value, and a line of a file as its text rather than as its path.
/// </summary>
internal static class DataInput
{
    /// <summary>The names of the parameter sets: for a file by a path with wildcards or by a literal path, and for data.</summary>
    public const string OfFile = "Path";
    public const string OfLiteralFile = "LiteralPath";
    public const string OfData = "Data";

    /// <summary>Returns the data, or reads the file if there are none.</summary>
    /// <param name="data">The data; null for a file.</param>
    /// <param name="path">The path of the file; wildcards must match one file. Empty for a literal path.</param>
    /// <param name="literalPath">The literal path of the file.</param>
    /// <param name="paths">The paths of the cmdlet.</param>
    public static byte[] Read(PSObject? data, string path, string literalPath, PipelinePaths paths) => data is null
        ? MessageFile.Read(path.Length > 0 ? paths.Single(path) : paths.Literal(literalPath))
        : Bytes(data, paths.Literal);

    /// <param name="data">The data.</param>
    /// <param name="fullPath">Makes the path of a file object absolute.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidData"/>: the object is of another type.</exception>
    public static byte[] Bytes(PSObject data, Func<string, string> fullPath) => data.BaseObject switch
    {
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        FileInfo file => MessageFile.Read(file.FullName),
        object[] items when items.All(IsByte) => [.. items.Select(item => (byte)Unwrap(item))],
        byte =>
            throw new NatsKeysException(
                ErrorCode.InvalidData, "The input is a single byte. To pass a byte array as one object, put a comma before it: ,$bytes | …"),
        _ when data.Properties["PSPath"]?.Value is string path => MessageFile.Read(fullPath(path)),
        var other => throw new NatsKeysException(
                ErrorCode.InvalidData, $"A {other.GetType().Name} cannot be used as data. Use bytes, text or a file."),
    };

    private static bool IsByte(object item) => Unwrap(item) is byte;

    private static object Unwrap(object item) => item is PSObject wrapped ? wrapped.BaseObject : item;
}
