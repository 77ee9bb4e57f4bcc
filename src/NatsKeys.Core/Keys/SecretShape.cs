using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace NatsKeys.Keys;

/// <summary>
/// Hides texts that may be seeds or private keys from messages and logs, even if they are mistyped, truncated, in groups or in lower case, or in the
/// wrong place. Public keys are shown.
/// </summary>
internal static partial class SecretShape
{
    private const string Hidden = "(hidden: looks like a seed)";

    /// <summary>The longest word that may be shown: names of files and roles are rarely longer without a separator, and seeds are.</summary>
    private const int LongestShown = 40;

    // From half of a seed, the rest could still be guessed. A shorter word is more likely a name.
    private const int ShortestHidden = LongestShown / 2;

    // Nobody reads more, and the text may be untrusted.
    private const int LongestMessage = 64 * 1024;

    // Names have few digits. In a seed, about one character in five is a digit.
    private const int MostDigitsOfNames = 2;

    private static readonly SearchValues<char> LettersAndDigits = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    // In words, more than one letter in four is a vowel, and six consonants in a row are very rare. Random letters do not satisfy this for long.
    private const int LettersAVowel = 4;

    /// <summary>The length of the shortest hash that is used as a name, in hexadecimal digits: MD5.</summary>
    private const int ShortestHash = 32;

    /// <summary>The largest distance between the groups of a seed, as in <c>SAAB - CDEF</c>.</summary>
    private const int WidestGap = 4;

    /// <summary>Returns the text in quotes, or a placeholder if it may be a seed.</summary>
    /// <param name="text">A text that was specified as a name, a path or a public key.</param>
    public static string Show(string text) => IsLikely(text) ? Hidden : $"'{Mask(text)}'";

    /// <summary>Hides all seeds in a text, whether they are whole, truncated or split into groups.</summary>
    /// <param name="sentence">The text to show.</param>
    public static string Mask(string sentence)
    {
        if (sentence.Length <= ShortestHidden)
        {
            return sentence;
        }

        return IsLikely(sentence) ? Hidden : MaskWords(MaskGroups(sentence));
    }

    /// <summary>Makes a message safe to show: control characters are escaped, and seeds are hidden.</summary>
    /// <param name="sentence">The text to show.</param>
    public static string Redact(string sentence) =>
        TextSanitizer.Clean(Mask(sentence.Length > LongestMessage ? $"{sentence.AsSpan(0, LongestMessage)}…" : sentence));

    /// <summary>Whether a text may contain a seed, whether whole, truncated or split into groups.</summary>
    public static bool HasSeed(string text) => Mask(text) != text;

    /// <summary>Whether the last path segment of a text resembles a seed.</summary>
    internal static bool IsLikely(string text)
    {
        ReadOnlySpan<char> part = text.AsSpan().Trim();
        part = part[(part.LastIndexOfAny('/', '\\') + 1)..];
        if (part.Length <= ShortestHidden || part.ContainsAnyExcept(LettersAndDigits))
        {
            return false;
        }

        string word = part.ToString();
        return word.Length > LongestShown ? !IsKnown(word) : IsSecret(word);
    }

    /// <summary>Hides the words that may be secrets. Nearly every message has none, and is returned unchanged.</summary>
    private static string MaskWords(string sentence)
    {
        StringBuilder? masked = null;
        int end = 0;
        for (int first = 0; first < sentence.Length;)
        {
            int length = sentence.AsSpan(first).IndexOfAnyExcept(LettersAndDigits);
            length = length < 0 ? sentence.Length - first : length;
            if (length > ShortestHidden && IsSecret(sentence.Substring(first, length)))
            {
                masked = (masked ?? new StringBuilder()).Append(sentence, end, first - end).Append(Hidden);
                end = first + length;
            }

            first += length + 1;
        }

        return masked?.Append(sentence, end, sentence.Length - end).ToString() ?? sentence;
    }

    /// <summary>Whether a word is certainly not a secret: it is a public key, a hash, or several words in one.</summary>
    private static bool IsKnown(string word) => PublicNkey.TryGetType(word, out _) || IsHash(word) || IsOfWords(word);

    private static bool IsHash(string word) =>
        word.Length >= ShortestHash && word.All(char.IsAsciiHexDigit) && (IsUpper(word) || IsLower(word));

    private static bool IsOfWords(string word) =>
        CountDigits(word) == 0
        && !ManyConsonants().IsMatch(word)
        && word.Count(letter => "AEIOUYaeiouy".Contains(letter, StringComparison.Ordinal)) * LettersAVowel > word.Length;

    /// <summary>Whether a word of letters and digits may be a seed or a private key, or the beginning of one.</summary>
    private static bool IsSecret(string word)
    {
        if (IsKnown(word))
        {
            return false;
        }

        bool begins = IsBeginning(word);
        if (begins && IsUpper(word) && (word[0] == 'S' || OfSeeds().IsMatch(word)))
        {
            return true;
        }

        if (word.Length > LongestShown)
        {
            return Embedded().IsMatch(word) || ((IsUpper(word) || IsLower(word)) && CountDigits(word) > 0 && (begins || OfSeeds().IsMatch(word)));
        }

        return begins && IsLower(word) && OfSeeds().IsMatch(word) && CountDigits(word) > MostDigitsOfNames;
    }

    /// <summary>
    /// Hides seeds that are split into groups, as people copy serial numbers. The groups of a seed have the same length, or are all in capitals.
    /// </summary>
    private static string MaskGroups(string sentence)
    {
        if (!HasBeginning(sentence))
        {
            return sentence;
        }

        Match[] words = [.. Groups().Matches(sentence).Cast<Match>()];
        var masked = new StringBuilder();
        int end = 0;
        for (int first = 0; first < words.Length; first++)
        {
            if (IsBeginning(words[first].Value) && LastOfSeed(words, first) is { } last)
            {
                masked.Append(sentence, end, words[first].Index - end).Append(Hidden);
                end = words[last].Index + words[last].Length;
                first = last;
            }
        }

        return end == 0 ? sentence : masked.Append(sentence, end, sentence.Length - end).ToString();
    }

    /// <summary>
    /// Whether any word may begin a seed. This is a fast check, because most messages have none, and there may be ten thousand messages.
    /// </summary>
    private static bool HasBeginning(ReadOnlySpan<char> sentence)
    {
        if (!sentence.ContainsAnyInRange('2', '7'))
        {
            return false;
        }

        for (int at = 0; sentence[at..].IndexOfAny("SsPp") is >= 0 and var next; at++)
        {
            at += next;
            if ((at == 0 || !char.IsAsciiLetterOrDigit(sentence[at - 1])) && IsBeginning(sentence[at..]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a word, of which more may follow, begins like a seed or private key.</summary>
    private static bool IsBeginning(ReadOnlySpan<char> word) =>
        word[0] is 'P' or 'p'
        || (word[0] is 'S' or 's' && (word.Length == 1 || !char.IsAsciiLetterOrDigit(word[1]) || "OAUNCXoauncx".Contains(word[1])));

    /// <summary>Finds the last group of a seed that begins with the given group; null if no seed does.</summary>
    private static int? LastOfSeed(Match[] words, int first)
    {
        string whole = words[first].Value;
        bool areAlike = true;
        int last = first;
        for (bool isOpen = true; isOpen && last + 1 < words.Length && IsNext(words[last], words[last + 1]); last++)
        {
            string next = words[last + 1].Value;
            bool isUpper = IsUpper(whole + next);
            if (PublicNkey.TryGetType(next, out _) || !(isUpper || (IsLower(whole + next) && next.Length <= words[first].Length)))
            {
                break;
            }

            // In lower case, the first group of another length is the last one. What follows it is another word.
            areAlike &= words[last].Length == words[first].Length;
            isOpen = isUpper || next.Length == words[first].Length;
            whole += next;
        }

        // In sentences, numbers are separate words. In seeds, digits are mixed with letters, however the seed is divided.
        int digits = areAlike
            ? CountDigits(whole)
            : words[first..(last + 1)].Where(word => word.Value.Any(char.IsAsciiLetter)).Sum(word => CountDigits(word.Value));
        int mostDigits = areAlike && whole.Length > LongestShown ? 0 : MostDigitsOfNames;
        return last > first && whole.Length > ShortestHidden && digits > mostDigits ? last : null;
    }

    private static bool IsNext(Match word, Match next) => next.Index - (word.Index + word.Length) <= WidestGap;

    private static bool IsUpper(string text) => !text.AsSpan().ContainsAnyInRange('a', 'z');

    private static bool IsLower(string text) => !text.AsSpan().ContainsAnyInRange('A', 'Z');

    private static int CountDigits(string text) => text.Count(letter => letter is >= '2' and <= '7');

    [GeneratedRegex("(?<![A-Za-z0-9])[A-Za-z2-7]+(?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Groups();

    [GeneratedRegex("^[A-Za-z2-7]+$", RegexOptions.CultureInvariant)]
    private static partial Regex OfSeeds();

    [GeneratedRegex("[B-DF-HJ-NP-TV-XZb-df-hj-np-tv-xz]{6}", RegexOptions.CultureInvariant)]
    private static partial Regex ManyConsonants();

    /// <summary>Matches a seed or private key that follows other letters.</summary>
    [GeneratedRegex("(S[OAUNCX]|P)[A-Z2-7]{40,}", RegexOptions.CultureInvariant)]
    private static partial Regex Embedded();
}
