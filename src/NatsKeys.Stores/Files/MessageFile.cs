namespace NatsKeys.Files;

/// <summary>Files of users that are signed, sealed or opened.</summary>
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

    /// <summary>The text of what was read: UTF-8, or UTF-16 with a byte order mark; null where it is no text.</summary>
    /// <param name="content">What was read.</param>
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

    /// <summary>Writes a file for its owner alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What is written.</param>
    /// <param name="overwrite">Whether an existing file is replaced.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.FileExists"/> or <see cref="ErrorCode.FileAccess"/>.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool overwrite) => SafeFiles.Write(path, content, secret: true, overwrite);
}
