using System.Security.Cryptography;
using System.Text;
using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>Reads files that hold secrets without leaving copies of their text behind, and names the file in every error.</summary>
public static class SecretText
{
    /// <summary>Makes something of a file's text.</summary>
    internal delegate T Parser<T>(ReadOnlySpan<char> text);

    /// <summary>Reads the key of a key file (<c>.nk</c>).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NatsKeysException">The file cannot be read as a key; the message names it.</exception>
    public static NatsKeyPair ReadKey(string path) => Read(path, text => KeyFile.Parse(text));

    internal static T Read<T>(string path, Parser<T> parse)
    {
        byte[] bytes = StoreFiles.Read(path)
            ?? throw new NatsKeysException(ErrorCode.FileAccess, $"There is no file '{path}'.") { Path = path };
        char[] text = new char[bytes.Length];
        try
        {
            return parse(text.AsSpan(0, Encoding.UTF8.GetChars(bytes, text)));
        }
        catch (NatsKeysException error) when (error.Path is null)
        {
            throw new NatsKeysException(error.Code, $"The file '{path}' cannot be used. {error.Message}", error) { Path = path };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            Array.Clear(text);
        }
    }
}
