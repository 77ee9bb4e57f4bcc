namespace NatsKeys.Keys;

/// <summary>Keeps texts that could be seeds out of messages, also when they are mistyped or stand in the wrong place.</summary>
internal static class SecretShape
{
    /// <summary>Names of files and roles are hardly ever that long without a separator; seeds are longer.</summary>
    private const int LongestShown = 40;

    /// <summary>The text in quotes, or words about it when it could be a seed.</summary>
    public static string Show(string text) => IsLikely(text) ? "(a text like a seed, not shown)" : $"'{text}'";

    /// <summary>Whether a text begins as seeds do and has letters as they have them. A part of a seed is no secret less than half of it.</summary>
    private static bool IsCutSeed(string part) =>
        part.Length > LongestShown / 2 && part[0] == 'S' && "OAUNCX".Contains(part[1], StringComparison.Ordinal) && part.All(letter => letter is (>= 'A' and <= 'Z') or (>= '2' and <= '7'));

    /// <summary>Whether the last part of a text is like a seed.</summary>
    public static bool IsLikely(string text)
    {
        string part = text.Trim().Split('/', '\\')[^1];
        return part.All(char.IsAsciiLetterOrDigit) && (part.Length > LongestShown ? !PublicKey.TryGetType(part, out _) : IsCutSeed(part));
    }
}
