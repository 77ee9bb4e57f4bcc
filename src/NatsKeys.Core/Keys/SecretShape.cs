namespace NatsKeys.Keys;

/// <summary>Keeps texts that could be seeds out of messages, also when they are mistyped or stand in the wrong place.</summary>
internal static class SecretShape
{
    /// <summary>Names of files and roles are hardly ever that long without a separator; seeds are longer.</summary>
    private const int LongestShown = 40;

    /// <summary>The text in quotes, or words about it when it could be a seed.</summary>
    public static string Show(string text) => IsLikely(text) ? "(a text like a seed, not shown)" : $"'{text}'";

    /// <summary>Whether the last part of a text is like a seed.</summary>
    public static bool IsLikely(string text)
    {
        string part = text.Trim().Split('/', '\\')[^1];
        return part.Length > LongestShown && part.All(char.IsAsciiLetterOrDigit) && !PublicKey.TryGetType(part, out _);
    }
}
