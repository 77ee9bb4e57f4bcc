using System.Text;
using NatsKeys.Keys;

namespace NatsKeys.Files;

/// <summary>
/// Decodes the text of files: UTF-8, or UTF-16 with a byte order mark, which some programs write. Other encodings are refused, and the error names
/// them. All text that is read is decoded here.
/// </summary>
internal static class TextDecoder
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding LittleEndian = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding BigEndian = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> LittleEndianMark => [0xFF, 0xFE];

    private static ReadOnlySpan<byte> BigEndianMark => [0xFE, 0xFF];

    private static ReadOnlySpan<byte> LittleEndian32Mark => [0xFF, 0xFE, 0, 0];

    /// <summary>Decodes text and removes the byte order mark.</summary>
    /// <param name="content">The content.</param>
    /// <param name="kind">The kind of the file.</param>
    /// <exception cref="NatsKeysException">The content is too large or not text. The error does not name the file.</exception>
    public static string Decode(ReadOnlySpan<byte> content, FileKind kind)
    {
        Encoding encoding = Recognize(content, kind, out ReadOnlySpan<byte> text);
        try
        {
            return encoding.GetString(text);
        }
        catch (DecoderFallbackException error)
        {
            throw Invalid(encoding, kind, error);
        }
    }

    /// <summary>Decodes text to characters, which the caller clears.</summary>
    /// <inheritdoc cref="Decode"/>
    public static char[] DecodeSecret(ReadOnlySpan<byte> content, FileKind kind)
    {
        Encoding encoding = Recognize(content, kind, out ReadOnlySpan<byte> text);
        char[]? decoded = null;
        try
        {
            decoded = SecretArray.Of<char>(encoding.GetCharCount(text));
            encoding.GetChars(text, decoded);
            return decoded;
        }
        catch (DecoderFallbackException error)
        {
            Array.Clear(decoded ?? []);
            throw Invalid(encoding, kind, error);
        }
    }

    /// <summary>Decodes the first bytes of a file, to recognize its type. Invalid bytes become replacement characters.</summary>
    public static string DecodeBeginning(ReadOnlySpan<byte> beginning)
    {
        (Encoding encoding, int mark) = Recognize(beginning);
        Encoding lenient = encoding == Utf8 ? Encoding.UTF8 : encoding == LittleEndian ? Encoding.Unicode : Encoding.BigEndianUnicode;
        return lenient.GetString(beginning[mark..]);
    }

    private static Encoding Recognize(ReadOnlySpan<byte> content, FileKind kind, out ReadOnlySpan<byte> text)
    {
        kind.RequireReadable(content.Length);
        if (content.StartsWith(LittleEndian32Mark))
        {
            throw Fault(kind, "It is UTF-32 text. Save it as UTF-8");
        }

        (Encoding encoding, int mark) = Recognize(content);
        text = content[mark..];
        return encoding == Utf8 && text.Contains((byte)0)
            ? throw Fault(kind, "It contains NUL characters: it is UTF-16 without a byte order mark, or not text. Save it as UTF-8")
            : encoding;
    }

    private static (Encoding Encoding, int Mark) Recognize(ReadOnlySpan<byte> content) =>
        content.StartsWith(Utf8Mark) ? (Utf8, Utf8Mark.Length)
        : content.StartsWith(LittleEndianMark) ? (LittleEndian, LittleEndianMark.Length)
        : content.StartsWith(BigEndianMark) ? (BigEndian, BigEndianMark.Length)
        : (Utf8, 0);

    private static NatsKeysException Invalid(Encoding encoding, FileKind kind, DecoderFallbackException error) => encoding == Utf8
        ? Fault(kind, "It is not UTF-8 text", error)
        : Fault(kind, "It has the byte order mark of UTF-16, but is not valid UTF-16", error);

    private static NatsKeysException Fault(FileKind kind, string why, Exception? inner = null) => new(kind.Fault, why + ".", inner);
}
