using NatsKeys.Errors;
using NatsKeys.Exchange;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Binding;

/// <summary>The token in a text that was passed as one. Whoever passes a file or its lines instead is told how files are read.</summary>
internal static class TokenText
{
    private static readonly string[] Endings = [".creds", ".jwt", ".yaml"];

    /// <summary>Returns the token: the text itself, or the line of a block that has it, such as in the text of credentials.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.TokenMalformed"/>: it is one line of a block, a path, or a block without a token.
    /// </exception>
    public static string Of(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.AsSpan().ContainsAny('\n', '\r'))
        {
            return TokenFinder.Find(trimmed);
        }

        if (TextSource.IsFrame(trimmed))
        {
            throw new AdvisedException(
                ErrorCode.TokenMalformed,
                "This is one line of a file that has a token. Pass the file with -Path, or its whole text with Get-Content -Raw.");
        }

        return !TokenFinder.IsLikely(trimmed) && IsPath(trimmed)
            ? throw new AdvisedException(
                ErrorCode.TokenMalformed, $"{SecretShape.Show(trimmed)} is a path, and no token. Pass the file with -Path.")
            : text;
    }

    // No token has a slash.
    private static bool IsPath(string text) =>
        text.AsSpan().ContainsAny('/', '\\') || Endings.Any(ending => text.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
