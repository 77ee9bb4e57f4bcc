using System.Buffers;

namespace NatsKeys.Files;

/// <summary>The characters of texts that stand without quotes in every YAML reader.</summary>
internal static class YamlCharacters
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";

    /// <summary>With which a name may begin.</summary>
    public static SearchValues<char> NameStart { get; } = SearchValues.Create(Letters + "_");

    /// <summary>Of which a name is made.</summary>
    public static SearchValues<char> Name { get; } = SearchValues.Create(Letters + Digits + "_-.");

    /// <summary>With which a text may begin, beside a number that is negative.</summary>
    public static SearchValues<char> TextStart { get; } = SearchValues.Create(Letters + Digits + "_$");

    /// <summary>Of which a text is made. A colon at its end would make it a name.</summary>
    public static SearchValues<char> Text { get; } = SearchValues.Create(Letters + Digits + "_$.:/@+>*-");

    /// <summary>Of which a text between brackets is made, where a colon makes it a name wherever it stands.</summary>
    public static SearchValues<char> FlowText { get; } = SearchValues.Create(Letters + Digits + "_$./@+>*-");

    /// <summary>Of which a text in single quotes is made that has no escapes.</summary>
    public static SearchValues<char> Quoted { get; } = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(character => character != '\'')]);
}
