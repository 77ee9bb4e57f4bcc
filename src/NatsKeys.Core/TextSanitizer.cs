using System.Buffers;
using System.Globalization;
using System.Text;

namespace NatsKeys;

/// <summary>
/// Makes untrusted text safe to display: characters that control the terminal, are invisible or blank, or change the direction of text are replaced
/// by escapes such as <c>\u{1b}</c>.
/// </summary>
internal static class TextSanitizer
{
    // Most texts contain only these characters, and need no further inspection.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(value => (char)value), '\n']);

    /// <summary>
    /// Characters that are invisible or look like a space, although their category does not say so. They are from the Unicode property
    /// Default_Ignorable_Code_Point, with the blank Braille pattern and the Hangul fillers.
    /// </summary>
    private static readonly (int First, int Last)[] Blank =
    [
        (0x034f, 0x034f), (0x115f, 0x1160), (0x17b4, 0x17b5), (0x180b, 0x180f), (0x2065, 0x2065), (0x2800, 0x2800), (0x3164, 0x3164),
        (0xfe00, 0xfe0f), (0xffa0, 0xffa0), (0xfff0, 0xfffb), (0xe0000, 0xe0fff),
    ];

    /// <summary>Returns the text in a form that is safe to display. Line breaks are kept.</summary>
    /// <param name="text">The text.</param>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length);
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            bool isRune = Rune.DecodeFromUtf16(rest, out Rune rune, out int consumed) == OperationStatus.Done;
            int value = isRune ? rune.Value : rest[0];
            _ = isRune && (value == '\n' || IsVisible(rune))
                ? visible.Append(rest[..consumed])
                : visible.Append(Spelled(value));
            rest = rest[consumed..];
        }

        return visible.ToString();
    }

    /// <summary>Whether a text has no characters that <see cref="Clean"/> escapes, and no line break.</summary>
    /// <param name="text">The text.</param>
    public static bool IsVisible(string text) => FirstHidden(text) is null;

    /// <summary>Returns the escape of a character.</summary>
    /// <param name="value">The code point.</param>
    internal static string Spelled(int value) => string.Create(CultureInfo.InvariantCulture, $"\\u{{{value:x}}}");

    /// <summary>Returns the first character of a text that <see cref="Clean"/> escapes, or that is a line break; null if there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="passedOver">Characters to ignore.</param>
    internal static int? FirstHidden(string text, ReadOnlySpan<char> passedOver = default)
    {
        ReadOnlySpan<char> rest = text.AsSpan().ContainsAnyExcept(Plain) || text.Contains('\n', StringComparison.Ordinal) ? text : [];
        while (!rest.IsEmpty)
        {
            bool isRune = Rune.DecodeFromUtf16(rest, out Rune rune, out int consumed) == OperationStatus.Done;
            if ((!isRune || !IsVisible(rune)) && !passedOver.Contains(rest[0]))
            {
                return isRune ? rune.Value : rest[0];
            }

            rest = rest[consumed..];
        }

        return null;
    }

    private static bool IsVisible(Rune rune) =>
        rune.Value == ' ' || (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
        or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned) && !Blank.Any(range => rune.Value >= range.First
            && rune.Value <= range.Last));
}
