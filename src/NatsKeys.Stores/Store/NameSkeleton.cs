using System.Collections.Frozen;
using System.Text;

namespace NatsKeys.Store;

/// <summary>
/// Computes what a name looks like to a reader: names with the same skeleton are easily confused. Otherwise an attacker who may add names could put
/// an <c>admin</c> with a Cyrillic <c>a</c> beside an <c>admin</c>, and trick a colleague into granting rights to the wrong one.
/// </summary>
internal static class NameSkeleton
{
    /// <summary>
    /// Letters that most fonts draw like Latin ones, with those Latin letters: Cyrillic and Greek, capital and small, and then a few Latin letters,
    /// hyphens and the apostrophe. The table is small and covers what people type. Unicode's own (UTS #39) has thousands of entries that no keyboard
    /// has.
    /// </summary>
    private static readonly (string Letters, string Latin)[] Tables =
    [
        ("\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0405\u0406\u0408\u051a\u051c\u04c0\u04ae", "ABEKMHOPCTYXSIJQWIY"),
        ("\u0430\u0435\u043a\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458\u04bb\u0501\u051b\u051d\u04af\u04cf\u0475", "aekopcyxisjhdqwylv"),
        ("\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7", "ABEZHIKMNOPTYX"),
        ("\u03b1\u03b9\u03ba\u03bd\u03bf\u03c1\u03c5\u03c7\u03b3\u03f3", "aikvopuxyj"),
        ("\u0131\u0251\u0261\u0269\u2010\u2013\u2014\u2212\u2019", "iagi----'"),
    ];

    private static readonly FrozenDictionary<char, char> Latin = Tables.SelectMany(
        table => table.Letters.Zip(table.Latin)).ToFrozenDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>
    /// Computes the skeletons of a name. Names are equal whatever their case, but a capital <c>I</c> looks like an <c>l</c> and a small one does not.
    /// So there is one skeleton for the small letters, and another one for the written form if that contains a capital <c>I</c>.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <returns>The skeleton for small letters, and the one of the written form; null if that has no capital <c>I</c>.</returns>
    public static (string Small, string? Written) Of(string name)
    {
        string latin = Ascii.IsValid(name)
            ? name
            : string.Concat(name.Normalize(NormalizationForm.FormKC).Select(letter => Latin.GetValueOrDefault(letter, letter)));
        return (Fold(latin), latin.Contains('I', StringComparison.Ordinal) ? Fold(latin.Replace('I', 'l')) : null);
    }

    // Some letters have a small form of their own only by way of the capital one; those of ASCII need no second step.
    private static string Fold(string text) =>
        (Ascii.IsValid(text) ? text : text.ToUpperInvariant()).ToLowerInvariant().Replace('0', 'o').Replace('1', 'l');
}
