using System.Text;
using System.Text.RegularExpressions;

namespace NatsKeys.Jwt;

/// <summary>
/// Makes JSON text valid Unicode before it is read: invalid UTF-8 bytes and escapes of lone surrogates become U+FFFD. The reference does this while
/// it reads.
/// </summary>
internal static partial class WellFormed
{
    public static byte[] Utf8(byte[] json)
    {
        bool valid = System.Text.Unicode.Utf8.IsValid(json);
        if (valid && json.AsSpan().IndexOf("\\uD"u8) < 0 && json.AsSpan().IndexOf("\\ud"u8) < 0)
        {
            return json;
        }

        string text = Encoding.UTF8.GetString(json);
        return Encoding.UTF8.GetBytes(Escape().Replace(text, escape => IsHalf(escape.Value) ? @"\uFFFD" : escape.Value));
    }

    private static bool IsHalf(string escape) =>
        escape.StartsWith(@"\u", StringComparison.Ordinal)
            && escape.Length == @"\uD800".Length
            && escape[2] is 'd' or 'D'
            && escape[3] is not (>= '0' and <= '7');

    /// <summary>Matches an escape: a surrogate pair, one character, or a backslash and the next character.</summary>
    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
