namespace NatsKeys.Files;

/// <summary>Reads and writes files that users sign, seal or open.</summary>
internal static class MessageFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/> or <see cref="ErrorCode.FileTooLarge"/>.
    /// </exception>
    public static byte[] Read(string path) =>
        SafeFiles.Read(path, FileKind.Message) ?? throw new NatsKeysException(
            ErrorCode.FileNotFound, $"The file '{path}' does not exist.") { Path = path };

    /// <summary>Decodes text: UTF-8, or UTF-16 with a byte order mark. Returns null if the content is not text.</summary>
    /// <param name="content">The content of the file.</param>
    public static string? ToText(ReadOnlySpan<byte> content)
    {
        try
        {
            return TextDecoder.Decode(content, FileKind.Message);
        }
        catch (NatsKeysException)
        {
            return null;
        }
    }

    /// <summary>Writes a file to which only the owner has access.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">The content.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool overwrite) => SafeFiles.Write(path, content, secret: true, overwrite);
}
