using System.Buffers;
using System.Text.RegularExpressions;
using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>Finds texts that are not what they seem: several subjects in one, wildcards that are plain text, and invisible characters.</summary>
internal static partial class TextRules
{
    /// <summary>The characters of nearly all texts, which need no further checks.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-$:/@");

    private const string WhiteSpaceCharacters = "\t\n\f\r";
    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create(WhiteSpaceCharacters);

    /// <summary>Checks the name and the labels of an entity.</summary>
    public static void CheckNames(ClaimSet claims, Findings findings)
    {
        CheckCharacters(claims.Name, passedOver: [], "name", findings);
        for (int index = 0; index < claims.Tags.Count; index++)
        {
            string tag = claims.Tags[index];
            if (tag.AsSpan().IndexOfAnyExcept(Plain) < 0 && tag.Length > 0)
            {
                continue;
            }

            var claim = new ClaimPath("tags", index);
            CheckCharacters(tag, passedOver: [], claim, findings);
            if (string.IsNullOrWhiteSpace(tag))
            {
                findings.Add(ValidationRules.TagEmpty, claim, "One of the tags is empty.");
            }
            else if (tag.Contains(',', StringComparison.Ordinal))
            {
                findings.Add(
                    ValidationRules.TagComma,
                    claim,
                    $"The tag '{Excerpt.Of(tag)}' contains a comma, but counts as one tag. Add several tags as separate items: "
                        + $"'{string.Join("', '", Excerpt.Of(tag).Split(','))}'.");
            }
        }
    }

    /// <summary>Checks a subject or something of the same form. It may have placeholders.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="claim">Its place.</param>
    /// <param name="findings">Receives the findings.</param>
    /// <param name="what">What it is called in messages.</param>
    public static void CheckSubject(string? subject, ClaimPath claim, Findings findings, string what = "subject")
    {
        if (string.IsNullOrEmpty(subject) || subject.AsSpan().IndexOfAnyExcept(Plain) < 0)
        {
            return;
        }

        CheckCharacters(subject, WhiteSpaceCharacters, claim, findings);
        if (subject.AsSpan().ContainsAny(WhiteSpace))
        {
            findings.Add(
                ValidationRules.SubjectCharacters, claim, $"The {what} '{Excerpt.Of(Visible(subject))}' has white space, which no message subject "
                    + "can have.");
        }

        // Text between braces is not part of the subject.
        string text = subject.Contains("{{", StringComparison.Ordinal) ? Placeholder().Replace(subject, "x") : subject;
        if (text.Contains(',', StringComparison.Ordinal))
        {
            findings.Add(
                ValidationRules.SubjectComma,
                claim,
                $"The {what} '{Excerpt.Of(subject)}' contains a comma, but counts as one {what}. Add several as separate items: "
                    + $"'{string.Join("', '", Excerpt.Of(subject).Split(',').Select(part => part.Trim()))}'.");
        }

        foreach (string token in text.Split('.').Where(token => token.Length > 1 && token.AsSpan().ContainsAny('*', '>')))
        {
            findings.Add(
                ValidationRules.SubjectPartialWildcard,
                claim,
                $"In the {what} '{Excerpt.Of(subject)}' the token '{Excerpt.Of(token)}' has a wildcard inside, which servers treat as plain text. A "
                    + $"wildcard must be a whole token, as in '{Suggestion(text)}'.");
            return;
        }
    }

    /// <summary>
    /// Finds invisible characters, as defined by <see cref="TextSanitizer"/>, and the replacement character for text that could not be decoded.
    /// </summary>
    private static void CheckCharacters(string? text, ReadOnlySpan<char> passedOver, ClaimPath claim, Findings findings)
    {
        if (text is null || text.AsSpan().IndexOfAnyExcept(Plain) < 0)
        {
            return;
        }

        if (TextSanitizer.FirstHidden(text, passedOver) is { } hidden)
        {
            findings.Add(ValidationRules.TextInvisible, claim, $"'{Excerpt.Of(Visible(text))}' has the invisible character U+{hidden:X4}.");
        }
        else if (text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            findings.Add(
                ValidationRules.TextInvisible, claim, $"'{Excerpt.Of(text)}' has the character U+FFFD, which replaces a character that was lost.");
        }
    }

    /// <summary>Returns a text in one line, with invisible characters as codes.</summary>
    private static string Visible(string text) => TextSanitizer.Clean(text).Replace("\n", "\\u{a}", StringComparison.Ordinal);

    private static string Suggestion(string subject) => string.Join('.', Excerpt.Of(subject).Split('.').Select(token =>
        token.Length == 1 || !token.AsSpan().ContainsAny('*', '>') ? token
            : token.EndsWith('>') ? token.TrimEnd('>', '*') + ".>"
            : token.EndsWith('*') ? token.Trim('*') + ".*"
            : "*"));

    [GeneratedRegex("{{[^}]*}}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
