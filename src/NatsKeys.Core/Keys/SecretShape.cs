using System.Text.RegularExpressions;

namespace NatsKeys.Keys;

/// <summary>Keeps texts that could be seeds out of what people read and logs keep, also when they are mistyped or stand in the wrong place.</summary>
public static partial class SecretShape
{
    private const string Hidden = "(a text like a seed, not shown)";

    /// <summary>Names of files and roles are hardly ever that long without a separator; seeds are longer.</summary>
    private const int LongestShown = 40;

    // Half of a seed can still be guessed at; less than that is a name by chance.
    private const int ShortestHidden = LongestShown / 2;

    /// <summary>The text in quotes, or words about it when it could be a seed.</summary>
    /// <param name="text">What somebody gave in the place of a name, a path or a public key.</param>
    public static string Show(string text) => IsLikely(text) ? Hidden : $"'{text}'";

    /// <summary>A sentence without the seeds that may stand in it, whole or cut.</summary>
    /// <param name="sentence">What is to be shown.</param>
    public static string Mask(string sentence) => IsLikely(sentence) ? Hidden : Seeds().Replace(sentence, Hidden);

    /// <summary>A sentence as it is said to people: what would speak to the terminal is spelled out, and seeds are left out.</summary>
    /// <param name="sentence">What is to be shown.</param>
    public static string Say(string sentence) => Mask(VisibleText.Of(sentence));

    /// <summary>Whether a seed may stand in a text, whole or cut.</summary>
    internal static bool HasSeed(string text) => Seeds().IsMatch(text);

    /// <summary>Whether the last part of a text is like a seed.</summary>
    internal static bool IsLikely(string text)
    {
        string part = text.Trim().Split('/', '\\')[^1];
        return part.All(char.IsAsciiLetterOrDigit) && (part.Length > LongestShown ? !PublicKey.TryGetType(part, out _) : part.Length > ShortestHidden && Seeds().IsMatch(part));
    }

    [GeneratedRegex(@"\bS[OAUNCX][A-Z2-7]{19,}", RegexOptions.CultureInvariant)]
    private static partial Regex Seeds();
}
