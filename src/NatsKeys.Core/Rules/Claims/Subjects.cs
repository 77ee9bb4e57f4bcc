using System.Buffers;
using System.Globalization;

namespace NatsKeys.Rules;

/// <summary>Checks and compares subjects: tokens separated by dots, <c>*</c> for one token and <c>&gt;</c> for all that follow.</summary>
internal static class Subjects
{
    /// <summary>The white space of subjects, as servers define it. It includes no white space beyond ASCII.</summary>
    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create(" \t\n\f\r");

    /// <summary>Checks the form of a subject.</summary>
    public static void Check(string? subject, ClaimPath claim, Findings findings)
    {
        if (string.IsNullOrEmpty(subject))
        {
            findings.Add(ValidationRules.SubjectEmpty, claim, $"The subject of '{Excerpt.Of(claim.ToString())}' is empty.");
            return;
        }

        if (subject.Contains(' ', StringComparison.Ordinal))
        {
            findings.Add(ValidationRules.SubjectSpace, claim, $"The subject '{Excerpt.Of(subject)}' has a space.");
        }

        if (subject[0] == '.' || subject[^1] == '.')
        {
            findings.Add(ValidationRules.SubjectEdgeDot, claim, $"The subject '{Excerpt.Of(subject)}' begins or ends with a dot.");
        }

        if (subject.Contains("..", StringComparison.Ordinal))
        {
            findings.Add(ValidationRules.SubjectDoubleDot, claim, $"The subject '{Excerpt.Of(subject)}' has two dots in a row.");
        }
    }

    /// <summary>Whether a subject has wildcards, by the rules of the reference implementation: <c>&gt;</c> counts only at the end.</summary>
    public static bool HasWildcards(string subject) =>
        subject is "*" or ">"
        || subject.EndsWith(".>", StringComparison.Ordinal) || subject.EndsWith(".*", StringComparison.Ordinal)
        || subject.Contains(".*.", StringComparison.Ordinal) || subject.StartsWith("*.", StringComparison.Ordinal);

    /// <summary>
    /// Whether the second subject matches every subject that the first one matches, by the rules of the reference implementation: wildcards of the
    /// first are plain text.
    /// </summary>
    public static bool IsContainedAsInReference(string subject, string other) => IsContainedAsInReference(subject.Split('.'), other.Split('.'));

    /// <summary>Does the same for subjects that are split into their tokens.</summary>
    public static bool IsContainedAsInReference(string[] tokens, string[] pattern)
    {
        if (tokens.Length < pattern.Length || (tokens.Length > pattern.Length && pattern[^1] != ">"))
        {
            return false;
        }

        for (int index = 0; index < pattern.Length; index++)
        {
            if (index == pattern.Length - 1 && pattern[index] == ">")
            {
                return true;
            }

            if (pattern[index] != "*" && pattern[index] != tokens[index])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether a pattern covers every subject that another pattern matches, by the rules of servers. A wildcard for one token does not cover a
    /// wildcard for the rest, which the reference implementation treats as plain text.
    /// </summary>
    public static bool Covers(string pattern, string subject) => Covers(pattern.Split('.'), subject.Split('.'));

    /// <summary>Does the same for subjects that are split into their tokens.</summary>
    public static bool Covers(string[] wanted, string[] tokens)
    {
        int tail = Array.IndexOf(tokens, ">");
        return IsContainedAsInReference(tokens, wanted) && (tail < 0 || (wanted[^1] == ">" && tail >= wanted.Length - 1));
    }

    /// <summary>Whether two patterns have a subject in common, by the rules of servers.</summary>
    public static bool Collide(string left, string right)
    {
        if (left == right)
        {
            return true;
        }

        (string[] first, string[] second) = (left.Split('.'), right.Split('.'));
        for (int index = 0; index < Math.Min(first.Length, second.Length); index++)
        {
            if (first[index] == ">" || second[index] == ">")
            {
                return true;
            }

            if (first[index] != "*" && second[index] != "*" && first[index] != second[index])
            {
                return false;
            }
        }

        return first.Length == second.Length;
    }

    /// <summary>Whether a subject has a wildcard token.</summary>
    public static bool HasWildcardToken(string subject) => subject.Split('.').Any(token => token is "*" or ">");

    /// <summary>Whether servers accept a text as a subject: no token is empty or has white space, and <c>&gt;</c> is only at the end.</summary>
    public static bool IsWellFormed(string subject)
    {
        return !HasInnerTail(subject) && !subject.AsSpan().ContainsAny(WhiteSpace) && subject.Split('.').All(token => token.Length > 0);
    }

    /// <summary>Whether <c>&gt;</c> is anywhere but at the end, where it has no special meaning.</summary>
    public static bool HasInnerTail(string subject)
    {
        string[] tokens = subject.Split('.');
        int tail = Array.IndexOf(tokens, ">");
        return tail >= 0 && tail < tokens.Length - 1;
    }

    /// <summary>Returns the part before the first wildcard token; the whole subject if there is none.</summary>
    public static ReadOnlySpan<char> LiteralPrefix(string subject)
    {
        foreach (Range token in subject.AsSpan().Split('.'))
        {
            if (subject.AsSpan()[token] is "*" or ">")
            {
                return subject.AsSpan()[..token.Start];
            }
        }

        return subject;
    }

    /// <summary>Checks the local subject of an import against the imported subject.</summary>
    public static void CheckLocal(string local, string? subject, ClaimPath claim, Findings findings)
    {
        Check(local, claim, findings);
        if (string.IsNullOrEmpty(subject))
        {
            findings.Add(ValidationRules.SubjectEmpty, claim, "The imported subject is empty.");
        }

        if (local.Contains(' ', StringComparison.Ordinal))
        {
            findings.Add(ValidationRules.SubjectSpace, claim, $"The local subject '{Excerpt.Of(local)}' has a space.");
        }

        if (HasTail(local) != HasTail(subject ?? ""))
        {
            findings.Add(ValidationRules.RenameTail, claim, $"Only one of '{Excerpt.Of(local)}' and '{Excerpt.Of(subject)}' ends with '>'.");
        }

        CheckReferences(local, subject ?? "", claim, findings);
    }

    /// <summary>Returns a local subject with a wildcard in place of each reference, which makes it a subject.</summary>
    public static string WithoutReferences(string local) =>
        string.Join('.', local.Split('.').Select(token => Reference(token) is null ? token : "*"));

    /// <summary>Gets the wildcards that the target of a mapping refers to: <c>$1</c>, or <c>{{wildcard(1)}}</c>.</summary>
    public static IEnumerable<long> References(string target)
    {
        foreach (string token in target.Split('.'))
        {
            string inner = token.StartsWith("{{", StringComparison.Ordinal) && token.EndsWith("}}", StringComparison.Ordinal)
                ? token[2..^2].Trim()
                : "";
            string form = inner.StartsWith("wildcard(", StringComparison.OrdinalIgnoreCase) && inner.EndsWith(')')
                ? "$" + inner[9..^1].Trim()
                : token;
            if (Reference(form) is { } number)
            {
                yield return number;
            }
        }
    }

    private static bool HasTail(string subject) => subject == ">" || subject.EndsWith(".>", StringComparison.Ordinal);

    private static void CheckReferences(string local, string subject, ClaimPath claim, Findings findings)
    {
        int wildcards = subject.Split('.').Count(token => token == "*");
        int used = 0;
        foreach (string token in local.Split('.'))
        {
            if (token == "*")
            {
                used++;
            }
            else if (Reference(token) is { } number)
            {
                if (number > wildcards)
                {
                    findings.Add(
                        ValidationRules.RenameReference,
                        claim,
                        $"'{Excerpt.Of(token)}' in '{Excerpt.Of(local)}' points beyond the {wildcards} wildcards of '{Excerpt.Of(subject)}'.");
                }
                else
                {
                    used++;
                }
            }
        }

        if (used != wildcards)
        {
            findings.Add(
                ValidationRules.RenameCount,
                claim,
                $"'{Excerpt.Of(local)}' has {used} wildcards and references where '{Excerpt.Of(subject)}' has {wildcards} wildcards.");
        }
    }

    /// <summary>Returns the number of a reference such as <c>$1</c>; null for any other token.</summary>
    private static long? Reference(string token) =>
        token.Length > 1
            && token[0] == '$'
            && long.TryParse(token.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;
}
