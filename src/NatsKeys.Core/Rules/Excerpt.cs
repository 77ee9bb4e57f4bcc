namespace NatsKeys.Rules;

/// <summary>Shortens texts of tokens for messages. Tokens can contain texts of any length, and one text can break many rules.</summary>
internal static class Excerpt
{
    private const int Longest = 120;

    /// <summary>Returns the text, truncated if it is too long for a message.</summary>
    public static string Of(string? text) => text is { Length: > Longest } ? text[..Longest] + "…" : text ?? "";
}
