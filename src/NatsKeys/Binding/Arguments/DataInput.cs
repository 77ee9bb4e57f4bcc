using System.Management.Automation;
using System.Text;
using NatsKeys.Files;

namespace NatsKeys.Binding;

/// <summary>
/// Data to sign, seal or open: bytes, text, which is encoded as UTF-8, or a file. The parameters have the type object. Only then does PowerShell bind
/// an array of bytes as one value, and a line of a file as its text rather than as its path.
/// </summary>
internal static class DataInput
{
    /// <summary>The parameter sets for a file and for data.</summary>
    public const string OfFile = "Path";
    public const string OfData = "Data";

    /// <summary>Gets the given data, or the content of the file.</summary>
    /// <param name="data">The data; null to read the file.</param>
    /// <param name="path">The path of the file.</param>
    /// <param name="fullPath">Makes a path absolute.</param>
    public static byte[] Read(PSObject? data, string path, Func<string, string> fullPath) =>
        data is null ? MessageFile.Read(fullPath(path)) : Bytes(data, fullPath);

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
