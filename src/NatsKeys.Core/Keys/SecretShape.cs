using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace NatsKeys.Keys;

/// <summary>
/// Keeps texts that could be seeds or private keys out of what people read and logs keep, also when they are mistyped, cut, in groups or in lower
/// case, or stand in the wrong place. Public keys are shown.
/// </summary>
internal static partial class SecretShape
{
    private const string Hidden = "(hidden: looks like a seed)";

    /// <summary>Names of files and roles are hardly ever that long without a separator; seeds are longer.</summary>
    private const int LongestShown = 40;

    // Half of a seed can still be guessed at; less than that is a name by chance.
    private const int ShortestHidden = LongestShown / 2;

    // Nobody reads more, and the text may come from elsewhere.
    private const int LongestMessage = 64 * 1024;

    // Names have few digits. A seed has one in five characters.
    private const int MostDigitsOfNames = 2;

    private static readonly SearchValues<char> LettersAndDigits = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    // Of the letters of words more than one in four is a vowel, and hardly ever do six consonants follow each other.
    // Chance does not keep to that for long.
    private const int LettersAVowel = 4;

    /// <summary>The shortest hash in hexadecimal digits that people use as a name: MD5.</summary>
    private const int ShortestHash = 32;

    /// <summary>The largest distance between the groups of a seed, as in <c>SAAB - CDEF</c>.</summary>
    private const int WidestGap = 4;

    /// <summary>The text in quotes, or words about it when it could be a seed.</summary>
    /// <param name="text">A text that was specified as a name, a path or a public key.</param>
    public static string Show(string text) => IsLikely(text) ? Hidden : $"'{Mask(text)}'";

    /// <summary>A text with all seeds in it hidden, whether they are whole, truncated or split into groups.</summary>
    /// <param name="sentence">The text to show.</param>
    public static string Mask(string sentence)
    {
        if (sentence.Length <= ShortestHidden)
        {
            return sentence;
        }

        return IsLikely(sentence) ? Hidden : MaskWords(MaskGroups(sentence));
    }

    /// <summary>A message that is safe to show: control characters are escaped, and seeds are hidden.</summary>
    /// <param name="sentence">The text to show.</param>
    public static string Redact(string sentence) =>
        TextSanitizer.Clean(Mask(sentence.Length > LongestMessage ? $"{sentence.AsSpan(0, LongestMessage)}…" : sentence));

    /// <summary>Whether a text may contain a seed, whole, cut or in groups.</summary>
    public static bool HasSeed(string text) => Mask(text) != text;

    /// <summary>Whether the last part of a text is like a seed.</summary>
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

    /// <summary>Hides the words that are secrets. Nearly every message has none, and then it is the same text.</summary>
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

    /// <summary>Whether a word is certainly none: a public key, a hash, or words in one.</summary>
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

    /// <summary>Some copy a seed in groups, as they would a serial number. Groups of one seed are of one length, or all in capitals.</summary>
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

    /// <summary>Whether some word may begin a seed. Most messages have none, and there may be ten thousand of them.</summary>
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

    /// <summary>Whether a word that may go on begins as seeds and private keys do.</summary>
    private static bool IsBeginning(ReadOnlySpan<char> word) =>
        word[0] is 'P' or 'p'
        || (word[0] is 'S' or 's' && (word.Length == 1 || !char.IsAsciiLetterOrDigit(word[1]) || "OAUNCXoauncx".Contains(word[1])));

    /// <summary>The last group of a seed that begins with a group; null where none does.</summary>
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

            // In small letters the first group of another length is the last one: what comes behind it is another word.
            areAlike &= words[last].Length == words[first].Length;
            isOpen = isUpper || next.Length == words[first].Length;
            whole += next;
        }

        // In sentences, numbers are separate words. In seeds, digits are among letters, however the seed is divided.
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

    /// <summary>A seed or private key behind other letters.</summary>
    [GeneratedRegex("(S[OAUNCX]|P)[A-Z2-7]{40,}", RegexOptions.CultureInvariant)]
    private static partial Regex Embedded();
}
