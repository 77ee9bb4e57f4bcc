using System.Security.Cryptography;
using System.Text;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Files;

/// <summary>Reads and writes files that contain secrets without leaving copies of their text in memory. Every error names the file.</summary>
internal static class SecretFile
{
    /// <summary>Parses the text of a file.</summary>
    internal delegate T Parser<T>(ReadOnlySpan<char> text);

    /// <summary>Reads the token in a file, bare or in a block, and checks its signature.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NatsKeysException">The file contains no valid token; the message names the file.</exception>
    public static NatsJwt ReadToken(string path) => Read(path, FileKind.Token, text => JwtReader.Read(Find(path, text)));

    /// <summary>Returns the text of the token in a file, bare or in a block, without checking it.</summary>
    /// <param name="path">The file.</param>
    public static string FindToken(string path) => Read(path, FileKind.Token, text => Find(path, text));

    /// <summary>Writes a secret to which only the owner has access (mode 0600, or an ACL on Windows).</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The text, which the caller clears.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public static void Write(string path, ReadOnlySpan<char> text, bool overwrite) => Write(path, text, overwrite, staging: null);

    /// <summary>Writes a secret via a tracked temporary file, and flushes it later if a queue is given.</summary>
    internal static void Write(string path, ReadOnlySpan<char> text, bool overwrite, Staging? staging, FlushQueue? pending = null)
    {
        byte[] bytes = Encode(text);
        try
        {
            SafeFiles.Write(path, bytes, secret: true, overwrite, pending: pending, staging: staging);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Adds a secret to a transaction, after its other steps or before them.</summary>
    internal static void Write(FileTransaction files, string path, ReadOnlySpan<char> text, bool isFirst = false)
    {
        byte[] bytes = Encode(text);
        try
        {
            files.Write(path, bytes, isFirst);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    internal static T Read<T>(string path, FileKind kind, Parser<T> parse) => Read(
        path,
        kind,
        SafeFiles.Read(path, kind) ?? throw Missing(path),
        parse);

    /// <summary>Creates the error of a missing file.</summary>
    internal static NatsKeysException Missing(string path) => new(
        ErrorCode.FileNotFound, $"The file {SecretShape.Show(path)} does not exist.") { Path = SecretShape.IsLikely(path) ? null : path };

    /// <summary>Parses the content of a file, and clears it.</summary>
    internal static T Read<T>(string path, FileKind kind, byte[] content, Parser<T> parse)
    {
        char[] text = [];
        try
        {
            text = TextDecoder.DecodeSecret(content, kind);
            return parse(text);
        }
        catch (NatsKeysException error) when (error.Path is null)
        {
            throw new NatsKeysException(error.Code, $"The file '{path}' cannot be used. {error.Message}", error) { Path = path };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
            Array.Clear(text);
        }
    }

    /// <summary>Finds the token in the text of a file. The error says what the file seems to be instead.</summary>
    private static string Find(string path, ReadOnlySpan<char> text) => TokenFinder.TryFind(text) ?? throw new NatsKeysException(
        ErrorCode.TokenMalformed,
        (HasSeed(text), Path.GetExtension(path).ToUpperInvariant()) switch
        {
            (true, _) => "It has a seed and no token: it is a key file.",
            (_, ".YAML" or ".YML") => "It is a YAML file without a token. If it is the file of an entity, read the entity from its store.",
            (_, ".CSV") => "It is a table. No line begins with eyJ, as tokens do.",
            (_, ".CONF" or ".CFG" or ".JSON") => "It is a configuration. No line begins with eyJ, as tokens do.",
            _ => "It has no token: no line begins with eyJ, as tokens do.",
        })
    {
        IsExplained = true,
    };

    private static bool HasSeed(ReadOnlySpan<char> text)
    {
        foreach (ReadOnlySpan<char> line in text.EnumerateLines())
        {
            if (NatsKeyPair.IsSeed(line.Trim()))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Encode(ReadOnlySpan<char> text)
    {
        byte[] bytes = SecretArray.Of<byte>(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }
}
