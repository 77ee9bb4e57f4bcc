using System.Buffers;
using System.Buffers.Text;

namespace NatsKeys.Jwt;

/// <summary>
/// Decodes base64url without padding, as in the segments of a token. Only its alphabet is accepted, and only the canonical spelling: the unused bits
/// of the last character are zero.
/// </summary>
internal static class Base64UrlReader
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExcept(Alphabet) || text.Length % 4 == 1)
        {
            return null;
        }

        try
        {
            byte[] bytes = Base64Url.DecodeFromChars(text);
            Span<char> lastGroup = stackalloc char[4];
            int lastBytes = bytes.Length % 3;
            int lastCharacters = Base64Url.EncodeToChars(bytes.AsSpan(bytes.Length - lastBytes), lastGroup);
            return text.EndsWith(lastGroup[..lastCharacters]) ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
