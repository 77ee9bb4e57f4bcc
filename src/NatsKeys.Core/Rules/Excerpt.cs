namespace NatsKeys.Rules;

/// <summary>Texts of tokens in messages. Tokens can carry texts of any length, and one text can break many rules.</summary>
internal static class Excerpt
{
    private const int Longest = 120;

    /// <summary>The text, cut where it is too long for a message.</summary>
    public static string Of(string? text) => text is { Length: > Longest } ? text[..Longest] + "…" : text ?? "";
}
