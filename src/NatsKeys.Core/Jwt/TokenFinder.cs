namespace NatsKeys.Jwt;

/// <summary>Finds tokens in the text of files: bare, or between the lines of a block such as those of credentials files.</summary>
internal static class TokenFinder
{
    /// <summary>Finds the first token of a text: the first line that begins like a token.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.TokenMalformed"/>: there is none.</exception>
    public static string Find(ReadOnlySpan<char> text) => TryFind(text)
        ?? throw new NatsKeysException(ErrorCode.TokenMalformed, "No token was found: no line begins with eyJ, as tokens do.");

    /// <summary>Finds the first token of a text; null if there is none.</summary>
    /// <param name="text">The text.</param>
    public static string? TryFind(ReadOnlySpan<char> text)
    {
        foreach (ReadOnlySpan<char> rawLine in text.TrimStart('\uFEFF').EnumerateLines())
        {
            ReadOnlySpan<char> line = rawLine.Trim();
            if (IsLikely(line))
            {
                return line.ToString();
            }
        }

        return null;
    }

    /// <summary>Whether a line may be a token. The header of a token is a JSON object, so its base64url begins with these letters.</summary>
    internal static bool IsLikely(ReadOnlySpan<char> line) => line.StartsWith("eyJ");
}
