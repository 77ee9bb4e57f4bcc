using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>Expands the placeholders in the template of a scoped signing key for one user, as servers do (validation rules, B.5).</summary>
internal static class TemplateExpander
{
    private const int MaximumEntries = 4096;

    /// <summary>The maximum for older servers. They have no limit, but larger expansions are not computed here.</summary>
    internal const int MaximumEntriesOfOlder = 65_536;

    /// <summary>
    /// The maximum length of all expanded subjects. Servers have no such limit, but users whose tokens exceed it could not connect anyway: their
    /// tokens do not fit into the control line.
    /// </summary>
    private const int MaximumCharacters = 1024 * 1024;
    private const string Unknown = "{}";
    private const string TagFunction = "tag(";
    private const string AccountTagFunction = "account-tag(";

    /// <summary>Expands the template for a user. If servers refuse the connection, returns null and adds a finding.</summary>
    /// <param name="template">The template of the user's role.</param>
    /// <param name="user">The user.</param>
    /// <param name="account">The user's account.</param>
    /// <param name="findings">Receives the reason for a refusal.</param>
    /// <param name="server">The version of the server; null for the newest.</param>
    public static UserPermissions? Expand(
        UserPermissions template, UserClaims user, AccountClaims account, Findings findings, ServerVersion? server = null)
    {
        var subscribe = Expand(template.Sub, "sub", user, account, findings, server);
        var publish = Expand(template.Pub, "pub", user, account, findings, server);
        if (subscribe is null || publish is null)
        {
            return null;
        }

        return WithSubjects(template, publish, subscribe);
    }

    /// <summary>
    /// Returns the template with a literal token in place of each placeholder, so that the rules of subjects can be checked. Unknown functions are
    /// findings.
    /// </summary>
    public static UserPermissions Sample(UserPermissions template, Findings findings)
    {
        SubjectPermission Side(SubjectPermission side, string claim) => new()
        {
            Allow = [.. side.Allow.Select(entry => Sample(entry, claim + ".allow", findings))],
            Deny = [.. side.Deny.Select(entry => Sample(entry, claim + ".deny", findings))],
        };
        return WithSubjects(template, Side(template.Pub, "template.pub"), Side(template.Sub, "template.sub"));
    }

    /// <summary>
    /// Returns the widest permissions that a user could have: allowed subjects with <c>*</c> in place of each token with a placeholder, and only the
    /// denies that apply to every user.
    /// </summary>
    /// <param name="template">The template.</param>
    /// <param name="account">The account.</param>
    public static UserPermissions ForSomebody(UserPermissions template, AccountClaims account)
    {
        string Open(string entry)
        {
            string filled = Fill(entry, placeholder => placeholder.ToUpperInvariant() switch
            {
                "{{ACCOUNT-NAME()}}" => account.Name ?? "",
                "{{ACCOUNT-SUBJECT()}}" => account.Subject ?? "",
                _ => Unknown,
            });
            string subject = filled.Split(' ')[0];
            IEnumerable<string> tokens = subject.Split('.').Select(token => token.Contains(Unknown, StringComparison.Ordinal) ? "*" : token);
            return string.Join('.', tokens) + filled[subject.Length..];
        }

        SubjectPermission Side(SubjectPermission side, params string[] instead)
        {
            string[] denied = [.. side.Deny.Where(entry => !HasPlaceholder(entry))];
            return new SubjectPermission
            {
                Allow = side.Allow.Any(HasPlaceholder) ? [.. side.Allow.Select(Open)] : side.Allow,
                Deny = denied.Length == 0 && side.Deny.Count > 0 ? [.. instead] : [.. denied],
            };
        }

        // Beside a deny, an empty list of allowed publish subjects allows nothing, whatever is denied.
        return WithSubjects(template, Side(template.Pub, template.Pub.Allow.IsStatedEmpty ? [">"] : []), Side(template.Sub));
    }

    /// <summary>Returns the template with its placeholders as literal tokens, so that two templates can be compared.</summary>
    /// <param name="template">The template.</param>
    public static UserPermissions AsText(UserPermissions template)
    {
        static string Text(string entry) => Fill(
            entry, placeholder => string.Concat(placeholder.Where(letter => letter is not ('.' or ' ')).Select(char.ToLowerInvariant)));
        static SubjectPermission Side(SubjectPermission side) => side.Allow.Concat(side.Deny).Any(HasPlaceholder)
            ? new SubjectPermission { Allow = [.. side.Allow.Select(Text)], Deny = [.. side.Deny.Select(Text)] }
            : side;
        return WithSubjects(template, Side(template.Pub), Side(template.Sub));
    }

    /// <summary>Returns an entry with a literal in place of each placeholder.</summary>
    public static string Filled(string entry) => Fill(entry, _ => "x");

    /// <summary>Whether an entry has a placeholder.</summary>
    public static bool HasPlaceholder(string entry) => Placeholders(entry).Count > 0;

    /// <summary>
    /// Whether an entry has a placeholder that older servers do not expand, because it is only part of a token or has spaces around its function.
    /// </summary>
    public static bool HasInnerPlaceholder(string entry) =>
        entry.Contains("{{", StringComparison.Ordinal) && Placeholders(entry).Exists(placeholder =>
        !entry.Split('.').Contains(placeholder) || placeholder.Contains(' ', StringComparison.Ordinal));

    /// <summary>Describes why a denied subject of a template cannot be expanded for a user.</summary>
    public static string NotDenied(string entry, UserClaims user, AccountClaims account) => Missing([entry], user, account) is { } placeholder
        ? $"'{user.Name}' has no value for {Excerpt.Of(placeholder)}, which the denied subject '{Excerpt.Of(entry)}' needs."
        : $"The denied subject '{Excerpt.Of(entry)}' is not a subject for '{user.Name}'.";

    /// <summary>Finds the first placeholder in entries for which a user has no value; null if there is none.</summary>
    public static string? Missing(IEnumerable<string> entries, UserClaims user, AccountClaims account) =>
        entries.SelectMany(Placeholders).FirstOrDefault(placeholder => Values(placeholder[2..^2].Trim(), user, account) is { Count: 0 });

    private static string Fill(string entry, Func<string, string> value) => Placeholders(entry).Aggregate(
        entry, (filled, placeholder) => filled.Replace(placeholder, value(placeholder), StringComparison.Ordinal));

    private static string Sample(string entry, string claim, Findings findings)
    {
        foreach (string placeholder in Placeholders(entry))
        {
            // Servers do not remove the function name of TAG(x) in upper case, so it never finds a tag and is an error.
            string function = placeholder[2..^2].Trim();
            bool isCapital = IsCall(function.ToUpperInvariant(), "TAG(") && !function.StartsWith(TagFunction, StringComparison.Ordinal);
            if (isCapital || Values(function, new UserClaims(), new AccountClaims()) is null)
            {
                findings.Add(
                    TrustRules.Template,
                    claim,
                    $"'{Excerpt.Of(placeholder)}' is not a template function. The functions are name(), subject(), account-name(), "
                        + "account-subject(), "
                        + "tag(x) and account-tag(x)");
            }

            entry = entry.Replace(placeholder, "x", StringComparison.Ordinal);
        }

        return entry;
    }

    private static UserPermissions WithSubjects(UserPermissions template, SubjectPermission publish, SubjectPermission subscribe)
    {
        UserPermissions copy = ClaimCopier.Copy(template);
        (copy.Pub, copy.Sub) = (publish, subscribe);
        return copy;
    }

    private static SubjectPermission? Expand(
        SubjectPermission permission, string side, UserClaims user, AccountClaims account, Findings findings, ServerVersion? server)
    {
        // Servers before 2.11 only support placeholders that are whole tokens.
        bool isTokenwise = server?.Has(ServerFeature.PlaceholdersInsideTokens) == false;
        ClaimList<string>? List(ClaimList<string> entries, string claim, bool dropsBad) => isTokenwise
            ? TokenwiseTemplate.Expand(entries, claim, dropsBad, user, account, findings, server!.Value)
            : Expand(
                entries,
                claim,
                dropsBad,
                user,
                account,
                findings,
                server?.Has(ServerFeature.LimitedExpansion) == false ? MaximumEntriesOfOlder : MaximumEntries);
        ClaimList<string>? allow = List(permission.Allow, $"template.{side}.allow", dropsBad: true);
        ClaimList<string>? deny = allow is null ? null : List(permission.Deny, $"template.{side}.deny", dropsBad: false);
        if (deny is null)
        {
            return null;
        }

        // If no allowed subject remains, nothing is allowed, not everything.
        bool nothingLeft = permission.Allow.Count > 0 && allow!.Count == 0;
        return new SubjectPermission { Allow = allow!, Deny = nothingLeft ? [.. deny, ">"] : deny };
    }

    private static ClaimList<string>? Expand(
        ClaimList<string> entries, string claim, bool dropsBad, UserClaims user, AccountClaims account, Findings findings, int maximum)
    {
        if (!entries.Any(entry => Placeholders(entry).Count > 0))
        {
            // The list is returned unchanged, because an empty list differs from an absent one.
            return entries;
        }

        var expanded = new ClaimList<string>();
        foreach (string entry in entries)
        {
            if (Combinations(entry, user, account, maximum - expanded.Count) is not { } subjects)
            {
                findings.Add(
                    TrustRules.Template,
                    claim,
                    $"'{entry}' cannot be expanded for '{user.Name}': it has an unknown function, or expands to more than {maximum} subjects or "
                        + "to subjects that are too long.");
                return null;
            }

            string[] good = [.. subjects.Where(Subjects.IsWellFormed)];
            if (!dropsBad && (subjects.Count == 0 || good.Length < subjects.Count))
            {
                findings.Add(TrustRules.Template, claim, NotDenied(entry, user, account));
                return null;
            }

            expanded.AddRange(good);
        }

        return expanded;
    }

    /// <summary>Returns an entry with its placeholders replaced by every combination of their values; null if servers refuse it.</summary>
    private static List<string>? Combinations(string entry, UserClaims user, AccountClaims account, int room)
    {
        List<string> subjects = [entry];
        foreach (string placeholder in Placeholders(entry).Distinct(StringComparer.Ordinal))
        {
            if (Values(placeholder[2..^2].Trim(), user, account) is not { } values)
            {
                return null;
            }

            long longest = subjects.Select(subject => subject.Length).DefaultIfEmpty().Max()
                + values.Select(value => value.Length).DefaultIfEmpty().Max();
            if ((long)subjects.Count * values.Count > room || subjects.Count * values.Count * longest > MaximumCharacters)
            {
                return null;
            }

            subjects = [.. subjects.SelectMany(subject => values.Select(value => subject.Replace(placeholder, value, StringComparison.Ordinal)))];
        }

        return subjects.Count > room ? null : subjects;
    }

    /// <summary>Returns the values of a function; null if it is unknown.</summary>
    private static List<string>? Values(string function, UserClaims user, AccountClaims account)
    {
#pragma warning disable CA1308 // The server compares functions in lower case.
        string lower = function.ToLowerInvariant();
#pragma warning restore CA1308
        return lower switch
        {
            "name()" => [user.Name ?? ""],
            "subject()" => [user.Subject ?? ""],
            "account-name()" => [account.Name ?? ""],
            "account-subject()" => [user.IssuerAccount ?? ""],
            _ when IsCall(lower, TagFunction) => TagValues(user.Tags, function, TagFunction),
            _ when IsCall(lower, AccountTagFunction) => TagValues(account.Tags, function, AccountTagFunction),
            _ => null,
        };
    }

    private static bool IsCall(string function, string name) => function.StartsWith(name, StringComparison.Ordinal) && function.EndsWith(')');

    private static List<string> TagValues(ClaimList<string> tags, string function, string name)
    {
        // Servers remove the function's name only if it is in lower case, so TAG(x) searches for tags that do not exist.
        string argument = function.StartsWith(name, StringComparison.Ordinal) ? function[name.Length..^1] : function[..^1];
#pragma warning disable CA1308 // Tags are compared in lower case.
        string prefix = argument.ToLowerInvariant() + ":";
#pragma warning restore CA1308
        return [.. tags.Where(tag => tag.StartsWith(prefix, StringComparison.Ordinal)).Select(tag => tag[prefix.Length..])];
    }

    /// <summary>
    /// Finds the placeholders of an entry: <c>{{…}}</c> with anything but a closing brace inside. It works in one pass, so that many unclosed braces
    /// do not take longer than other text.
    /// </summary>
    private static List<string> Placeholders(string entry)
    {
        var found = new List<string>();
        int position = 0;
        while (entry.IndexOf("{{", position, StringComparison.Ordinal) is >= 0 and int start && entry.IndexOf('}', start) is >= 0 and int close)
        {
            bool isPlaceholder = close > start + 2 && close + 1 < entry.Length && entry[close + 1] == '}';
            if (isPlaceholder)
            {
                found.Add(entry[start..(close + 2)]);
            }

            position = isPlaceholder ? close + 2 : close + 1;
        }

        return found;
    }
}
