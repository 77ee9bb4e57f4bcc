namespace NatsKeys.Jwt;

/// <summary>Finds tokens in the text of files: bare, or between the lines of a block such as those of credentials files.</summary>
internal static class TokenFinder
{
    /// <summary>The first token of a text: the first line that begins as every token does.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.TokenMalformed"/>: there is none.</exception>
    public static string Find(ReadOnlySpan<char> text)
    {
        foreach (ReadOnlySpan<char> rawLine in text.TrimStart('\uFEFF').EnumerateLines())
        {
            ReadOnlySpan<char> line = rawLine.Trim();
            if (IsLikely(line))
            {
                return line.ToString();
            }
        }

        throw new NatsKeysException(ErrorCode.TokenMalformed, "No token was found: no line begins with eyJ, as tokens do.");
    }

    /// <summary>Whether a line can be a token. Its header is a JSON object, so it begins with these letters.</summary>
    internal static bool IsLikely(ReadOnlySpan<char> line) => line.StartsWith("eyJ");
}
