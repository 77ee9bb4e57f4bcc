using System.Buffers;

namespace NatsKeys.Files;

/// <summary>The characters of text that needs no quotes in any YAML reader.</summary>
internal static class YamlCharacters
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";

    /// <summary>The first characters of names.</summary>
    public static SearchValues<char> NameStart { get; } = SearchValues.Create(Letters + "_");

    /// <summary>The characters of names.</summary>
    public static SearchValues<char> Name { get; } = SearchValues.Create(Letters + Digits + "_-.");

    /// <summary>The first characters of plain text, except for the sign of a negative number.</summary>
    public static SearchValues<char> TextStart { get; } = SearchValues.Create(Letters + Digits + "_$");

    /// <summary>The characters of plain text. The last one must not be a colon, which would make it a name.</summary>
    public static SearchValues<char> Text { get; } = SearchValues.Create(Letters + Digits + "_$.:/@+>*-");

    /// <summary>The characters of plain text in brackets, where a colon anywhere would make it a name.</summary>
    public static SearchValues<char> FlowText { get; } = SearchValues.Create(Letters + Digits + "_$./@+>*-");

    /// <summary>The characters of text in single quotes without escapes.</summary>
    public static SearchValues<char> Quoted { get; } = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(character => character != '\'')]);
}
