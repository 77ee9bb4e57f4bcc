using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>
/// Expands the placeholders of a role's template as servers before 2.11 do. They only recognize a placeholder that is a whole token without spaces
/// inside, with its function in any case. A tag first leaves its token empty, and then its values fill the empty tokens from the left.
/// </summary>
internal static class TokenwiseTemplate
{
    /// <summary>Returns the subjects for a user. If the server refuses the user, returns null and adds a finding.</summary>
    public static ClaimList<string>? Expand(
        ClaimList<string> entries, string claim, bool dropsBad, UserClaims user, AccountClaims account, Findings findings, ServerVersion server)
    {
        if (!entries.Any(entry => entry.Split('.').Any(IsPlaceholder)))
        {
            return entries;
        }

        var expanded = new ClaimList<string>();
        foreach (string entry in entries)
        {
            var values = new List<List<string>>();
            string[] tokens = [.. entry.Split('.').Select(token => IsPlaceholder(token) ? Value(token, user, account, values) : token)];
            if (values.Count > 0 && tokens.Count(token => token.Length == 0) > values.Count && !server.Has(ServerFeature.MissingTags))
            {
                findings.Add(
                    TrustRules.TemplateCrash,
                    claim,
                    $"The user '{user.Name}' lacks some of the tags of '{Excerpt.Of(entry)}': servers crash when it connects.");
                return null;
            }

            // These servers have no limit.
            const int Most = TemplateExpander.MaximumEntriesOfOlder;
            long combinations = values.Aggregate(1L, (product, list) => Math.Min(product * list.Count, Most + 1));
            if (combinations + expanded.Count > Most)
            {
                findings.Add(
                    TrustRules.Template, claim, $"'{entry}' expands to more than {Most} subjects for '{user.Name}'.");
                return null;
            }

            foreach (string subject in Combinations(values).Select(combination => Fill(tokens, combination)))
            {
                if (Subjects.IsWellFormed(subject))
                {
                    expanded.Add(subject);
                }
                else if (!dropsBad)
                {
                    findings.Add(TrustRules.Template, claim, TemplateExpander.NotDenied(entry, user, account));
                    return null;
                }
            }
        }

        return expanded;
    }

    private static bool IsPlaceholder(string token) =>
        token.StartsWith("{{", StringComparison.Ordinal) && token.EndsWith("}}", StringComparison.Ordinal);

    private static string Value(string token, UserClaims user, AccountClaims account, List<List<string>> values)
    {
        string inner = token[2..];
#pragma warning disable CA1308 // Servers compare functions in lower case.
        string function = (inner.EndsWith("}}", StringComparison.Ordinal) ? inner[..^2] : inner).ToLowerInvariant();
#pragma warning restore CA1308
        switch (function)
        {
            case "name()":
                return user.Name ?? "";
            case "subject()":
                return user.Subject ?? "";
            case "account-name()":
                return account.Name ?? "";
            case "account-subject()":
                return user.IssuerAccount ?? "";
        }

        bool isAccount = function.StartsWith("account-tag(", StringComparison.Ordinal);
        if ((!isAccount && !function.StartsWith("tag(", StringComparison.Ordinal)) || !function.EndsWith(')'))
        {
            // A space makes the subject invalid, because no subject has white space.
            return " ";
        }

        string prefix = function[(isAccount ? "account-tag(" : "tag(").Length..^1] + ":";
        List<string> found = [.. (isAccount ? account.Tags : user.Tags)
            .Where(tag => tag.StartsWith(prefix, StringComparison.Ordinal)).Select(tag => tag[prefix.Length..])];
        if (found.Count > 0)
        {
            values.Add(found);
        }

        return "";
    }

    /// <summary>Returns every combination of one value from each list; a single empty one if there are no lists.</summary>
    private static IEnumerable<string[]> Combinations(List<List<string>> lists) =>
        lists.Aggregate<List<string>, IEnumerable<string[]>>(
            [[]], (found, list) => found.SelectMany(start => list.Select(value => (string[])[.. start, value])));

    private static string Fill(string[] tokens, string[] values)
    {
        int next = 0;
        return string.Join('.', tokens.Select(token => token.Length == 0 && next < values.Length ? values[next++] : token));
    }
}
