using System.Management.Automation;
using System.Text;
using NatsKeys.Files;

namespace NatsKeys.Binding;

/// <summary>
/// Data that is signed, sealed or opened: bytes, text, which becomes UTF-8, or a file. The parameters take any object: only so does
/// the engine bind an array of bytes as one value, and a line of a file as its text and not as the path that it bears.
/// </summary>
internal static class DataInput
{
    /// <summary>The names of the parameter sets in which a file is named, and in which data are given.</summary>
    public const string OfFile = "Path";
    public const string OfData = "Data";

    /// <summary>The data that were given, else what the file has.</summary>
    /// <param name="data">The data; null where a file is named.</param>
    /// <param name="path">The file.</param>
    /// <param name="fullPath">Makes a path full.</param>
    public static byte[] Read(PSObject? data, string path, Func<string, string> fullPath) =>
        data is null ? MessageFile.Read(fullPath(path)) : Bytes(data, fullPath);

    /// <param name="data">The data.</param>
    /// <param name="fullPath">Makes the path of an object full that stands for a file.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidData"/>: it is something else.</exception>
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
