using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using NatsKeys.Claims;

namespace NatsKeys.Validation;

/// <summary>Texts that are not what they look like: several subjects in one, wildcards that are plain text, characters that nobody sees.</summary>
internal static partial class TextSlips
{
    /// <summary>What stands in nearly all texts and needs no second look.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-$:/@");

    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create("\t\n\f\r");

    /// <summary>Checks the name and the labels of an entity.</summary>
    public static void CheckNames(ClaimSet claims, Findings findings)
    {
        CheckCharacters(claims.Name, "name", findings);
        for (int index = 0; index < claims.Tags.Count; index++)
        {
            string tag = claims.Tags[index];
            if (tag.AsSpan().IndexOfAnyExcept(Plain) < 0 && tag.Length > 0)
            {
                continue;
            }

            var claim = new ClaimPath("tags", index);
            CheckCharacters(tag, claim, findings);
            if (string.IsNullOrWhiteSpace(tag))
            {
                findings.Add(ValidationRules.TagEmpty, claim, "One of the labels is empty.");
            }
            else if (tag.Contains(',', StringComparison.Ordinal))
            {
                findings.Add(ValidationRules.TagComma, claim, $"The label '{Excerpt.Of(tag)}' has a comma: it is one label. Give several as separate items: '{string.Join("', '", Excerpt.Of(tag).Split(','))}'.");
            }
        }
    }

    /// <summary>Checks a subject, which may have placeholders.</summary>
    public static void CheckSubject(string? subject, ClaimPath claim, Findings findings)
    {
        if (string.IsNullOrEmpty(subject) || subject.AsSpan().IndexOfAnyExcept(Plain) < 0)
        {
            return;
        }

        CheckCharacters(subject, claim, findings);
        if (subject.AsSpan().ContainsAny(WhiteSpace))
        {
            findings.Add(ValidationRules.SubjectCharacters, claim, $"The subject '{Excerpt.Of(Visible(subject))}' has white space that no message can have.");
        }

        // What stands between braces is not the subject's own.
        string text = subject.Contains("{{", StringComparison.Ordinal) ? Placeholder().Replace(subject, "x") : subject;
        if (text.Contains(',', StringComparison.Ordinal))
        {
            findings.Add(
                ValidationRules.SubjectComma, claim, $"The subject '{Excerpt.Of(subject)}' has a comma: it is one subject. Give several as separate items: '{string.Join("', '", Excerpt.Of(subject).Split(',').Select(part => part.Trim()))}'.");
        }

        foreach (string token in text.Split('.').Where(token => token.Length > 1 && token.AsSpan().ContainsAny('*', '>')))
        {
            findings.Add(
                ValidationRules.SubjectPartialWildcard, claim, $"In the subject '{Excerpt.Of(subject)}' the token '{Excerpt.Of(token)}' has a wildcard inside, which is plain text to servers: a wildcard is a whole token, as in '{Suggestion(text)}'.");
            return;
        }
    }

    /// <summary>Characters that nobody sees, or that look like others.</summary>
    private static void CheckCharacters(string? text, ClaimPath claim, Findings findings)
    {
        if (text is null || text.AsSpan().IndexOfAnyExcept(Plain) < 0)
        {
            return;
        }

        foreach (char character in text)
        {
            UnicodeCategory category = char.GetUnicodeCategory(character);
            bool isHidden = character is not (' ' or '\t' or '\n' or '\f' or '\r')
                && category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                && character != ' ';
            if (isHidden || character == '\uFFFD')
            {
                findings.Add(ValidationRules.TextInvisible, claim, $"'{Excerpt.Of(Visible(text))}' has the character U+{(int)character:X4}, which nobody sees.");
                return;
            }
        }
    }

    /// <summary>A text with what cannot be seen as its code.</summary>
    private static string Visible(string text) => string.Concat(text.Select(character =>
        character != ' ' && char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || (character != ' ' && char.GetUnicodeCategory(character) == UnicodeCategory.SpaceSeparator)
            ? string.Create(CultureInfo.InvariantCulture, $"<U+{(int)character:X4}>")
            : character.ToString()));

    private static string Suggestion(string subject) => string.Join('.', Excerpt.Of(subject).Split('.').Select(token =>
        token.Length == 1 || !token.AsSpan().ContainsAny('*', '>') ? token : token.EndsWith('>') ? token.TrimEnd('>', '*') + ".>" : token.EndsWith('*') ? token.Trim('*') + ".*" : "*"));

    [GeneratedRegex("{{[^}]*}}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
