using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Rules;

/// <summary>Represents a claim whose value in the entity file differs from that in the token.</summary>
/// <param name="Claim">Its place, such as <c>limits.conn</c>.</param>
/// <param name="Wanted">The value in the file, as JSON; null for none.</param>
/// <param name="Signed">The value in the token, as JSON; null for none.</param>
public sealed partial record ClaimDifference(string Claim, string? Wanted, string? Signed)
{
    private const int LongestLine = 600;
    private const int MostShown = 20;

    /// <summary>Whether it is a list item that only the file or only the token has.</summary>
    public bool IsItem { get; init; }

    /// <summary>
    /// Whether one of the two is a user without permissions and limits of its own, as users of a role are. Its absent limits are not 0: those of the
    /// role apply.
    /// </summary>
    internal bool IsOfRole { get; init; }

    /// <summary>Replaces public keys in the readable text with the names that a store has for them; null if they stay.</summary>
    internal Func<string, string>? Naming { get; init; }

    /// <summary>The difference as readable text, with complete values however long they are.</summary>
    internal string Full => Text(value => value, isNamed: false);

    /// <summary>
    /// Returns the difference as readable text: <c>MaxConnections 200 → 300</c> from the signed to the wanted value, <c>+ Tag "eu"</c> for an item
    /// that is wanted and not signed, and <c>- Tag "eu"</c> for one that is signed and not wanted. Dates, durations and sizes are formatted as in
    /// the views.
    /// </summary>
    public override string ToString() => Line(isNamed: true);

    /// <summary>
    /// Describes differences between a file and its token in one line, with the names of claims, which the file has: the first ones, and the number
    /// of the others. A file may differ in thousands of revocations.
    /// </summary>
    /// <param name="differences">The differences.</param>
    public static string Describe(IReadOnlyList<ClaimDifference> differences) => Describe(differences, "; ", "; and ", isNamed: false);

    /// <summary>Describes several differences, each on its own line.</summary>
    /// <param name="differences">The differences.</param>
    /// <param name="isNamed">Whether settings have their names; otherwise those of their claims, as in files.</param>
    public static string DescribeLines(IReadOnlyList<ClaimDifference> differences, bool isNamed = true) =>
        Describe(differences, "\n  ", "\n  and ", isNamed);

    /// <summary>Finds the differences between two sets of claims.</summary>
    internal static IReadOnlyList<ClaimDifference> Between(ClaimSet wanted, ClaimSet signed)
    {
        var found = new List<ClaimDifference>();
        (byte[] wish, byte[] other) = (ClaimJson.WishOf(wanted), ClaimJson.WishOf(signed));
        if (!wish.AsSpan().SequenceEqual(other))
        {
            using JsonDocument left = JsonDocument.Parse(wish);
            using JsonDocument right = JsonDocument.Parse(other);
            Compare("", left.RootElement, right.RootElement, found);
        }

        if (wanted.Issuer != signed.Issuer)
        {
            found.Add(new ClaimDifference("issuer", Shown(wanted.Issuer), Shown(signed.Issuer)));
        }

        return LacksOwn(wanted) || LacksOwn(signed) ? [.. found.Select(difference => difference with { IsOfRole = true })] : found;

        static bool LacksOwn(ClaimSet claims) => claims is UserClaims { Permissions.IsCleared: true };
    }

    private static string Describe(IReadOnlyList<ClaimDifference> differences, string separator, string rest, bool isNamed)
    {
        string text = string.Join(separator, differences.Take(MostShown).Select(difference => difference.Line(isNamed)));
        return differences.Count <= MostShown
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text}{rest}{differences.Count - MostShown:N0} more");
    }

    private static void Compare(string path, JsonElement? wanted, JsonElement? signed, List<ClaimDifference> found)
    {
        if (wanted is { ValueKind: JsonValueKind.Object } || signed is { ValueKind: JsonValueKind.Object })
        {
            (Dictionary<string, JsonElement> left, Dictionary<string, JsonElement> right) = (Members(wanted), Members(signed));
            foreach (string name in left.Keys.Union(right.Keys))
            {
                // The path is that of the entity file, which has no member "nats".
                string place = path.Length == 0 ? (name == "nats" ? "" : name) : $"{path}.{name}";
                Compare(
                    place,
                    left.TryGetValue(name, out JsonElement one) ? one : null,
                    right.TryGetValue(name, out JsonElement other) ? other : null,
                    found);
            }
        }
        else if (wanted?.GetRawText() == signed?.GetRawText())
        {
            return;
        }
        else if (wanted is { ValueKind: JsonValueKind.Array } || signed is { ValueKind: JsonValueKind.Array })
        {
            CompareLists(path, Items(wanted), Items(signed), found);
        }
        else
        {
            found.Add(new ClaimDifference(path, Shown(wanted?.GetRawText()), Shown(signed?.GetRawText())));
        }
    }

    /// <summary>Compares lists item by item. Items with the same name are compared with each other, at any position.</summary>
    private static void CompareLists(string path, JsonElement[] wanted, JsonElement[] signed, List<ClaimDifference> found)
    {
        int before = found.Count;
        ILookup<string, JsonElement> known = signed.ToLookup(item => item.GetRawText(), StringComparer.Ordinal);
        ILookup<string, JsonElement> asked = wanted.ToLookup(item => item.GetRawText(), StringComparer.Ordinal);
        // Items that do not match by name are matched by subject: the name of an import is its local subject, which can change.
        (List<JsonElement> added, List<JsonElement> gone) = Pair(path, [.. Surplus(asked, known)], [.. Surplus(known, asked)], NameOf, found);
        (added, gone) = Pair(path, added, gone, item => MemberOf(item, "subject"), found);
        // A signing key keeps its key when its role changes. The signed role is its name.
        (added, gone) = Pair(path, added, gone, item => MemberOf(item, "key"), found, NameOf);
        found.AddRange(added.Select(item => new ClaimDifference(path, Shown(item.GetRawText()), null) { IsItem = true }));
        found.AddRange(gone.Select(item => new ClaimDifference(path, null, Shown(item.GetRawText())) { IsItem = true }));
        if (found.Count == before)
        {
            // The lists have the same items in another order.
            found.Add(new ClaimDifference(path, Shown(Whole(wanted)), Shown(Whole(signed))));
        }

        static IEnumerable<JsonElement> Surplus(ILookup<string, JsonElement> items, ILookup<string, JsonElement> others) =>
            items.SelectMany(same => same.Skip(others[same.Key].Count()));

        static string Whole(JsonElement[] items) => items.Length == 0 ? "[]" : $"[{string.Join(',', items.Select(item => item.GetRawText()))}]";
    }

    /// <summary>Compares objects with the same name with each other.</summary>
    /// <returns>The items without a counterpart: wanted ones and signed ones.</returns>
    private static (List<JsonElement> Wanted, List<JsonElement> Signed) Pair(
        string path,
        List<JsonElement> wanted,
        List<JsonElement> signed,
        Func<JsonElement, string> nameOf,
        List<ClaimDifference> found,
        Func<JsonElement, string>? shown = null)
    {
        Dictionary<string, Queue<JsonElement>> old = signed
            .GroupBy(nameOf, StringComparer.Ordinal)
            .ToDictionary(items => items.Key, items => new Queue<JsonElement>(items), StringComparer.Ordinal);
        var added = new List<JsonElement>();
        foreach (JsonElement item in wanted)
        {
            string name = nameOf(item);
            if (item.ValueKind == JsonValueKind.Object
                && old.TryGetValue(name, out Queue<JsonElement>? same)
                && same.TryPeek(out JsonElement other)
                && other.ValueKind == JsonValueKind.Object)
            {
                same.Dequeue();
                Compare($"{path}[{shown?.Invoke(other) ?? name}]", item, other, found);
            }
            else
            {
                added.Add(item);
            }
        }

        return (added, [.. old.Values.SelectMany(items => items)]);
    }

    /// <summary>Returns a member of an item, such as its subject, or the item itself if it has none.</summary>
    private static string MemberOf(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty(name, out JsonElement member)
        && member.ValueKind == JsonValueKind.String
            ? SecretShape.Mask(member.GetString() ?? "")
            : item.GetRawText();

    /// <summary>Returns the identity of a list item: the name of a role, a key, or a subject.</summary>
    private static string NameOf(JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.Object)
        {
            foreach (string member in (ReadOnlySpan<string>)["role", "key", "local_subject", "subject"])
            {
                if (item.TryGetProperty(member, out JsonElement value)
                    && value.ValueKind == JsonValueKind.String
                    && value.GetString() is { Length: > 0 } name)
                {
                    return SecretShape.Mask(name);
                }
            }
        }

        return item.GetRawText();
    }

    private static JsonElement[] Items(JsonElement? value) => value is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    // A value that should be a public key may be a seed by mistake.
    private static string? Shown(string? value) => value is null ? null : SecretShape.Mask(Tail().Replace(value, "$1>"));

    /// <summary>Matches the wildcard ">", which is escaped in tokens.</summary>
    [GeneratedRegex(@"(?<!\\)((?:\\\\)*)\\u003e", RegexOptions.IgnoreCase)]
    private static partial Regex Tail();

    /// <summary>Indexes the members by name, because searching the document for each of thousands takes far longer.</summary>
    private static Dictionary<string, JsonElement> Members(JsonElement? value)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (value is { ValueKind: JsonValueKind.Object } found)
        {
            foreach (JsonProperty member in found.EnumerateObject())
            {
                members[member.Name] = member.Value;
            }
        }

        return members;
    }

    private string Line(bool isNamed) =>
        TextSanitizer.Clean(Named(Text(Excerpt.Of, isNamed)) is var text && text.Length > LongestLine ? text[..LongestLine] + "…" : text);

    private string Named(string text) => Naming?.Invoke(text) ?? text;

    private string Text(Func<string, string> shown, bool isNamed)
    {
        if (!IsItem && ClaimWords.Revocation(Claim) is { } revocation && (Wanted ?? Signed) is { } stated)
        {
            string what = $"{(isNamed ? SettingNames.OfOwner(revocation.Owner) : revocation.Owner)}revocation of {revocation.Key} until";
            return Signed is null ? $"+ {what} {ClaimWords.Date(stated)}"
                : Wanted is null ? $"- {what} {ClaimWords.Date(stated)}"
                : $"{what} {ClaimWords.Date(Signed)} → {ClaimWords.Date(Wanted)}";
        }

        string name = isNamed ? SettingNames.Of(Claim) : Claim;
        return !IsItem ? $"{name} {Value(Signed, Wanted)} → {Value(Wanted, Signed)}"
            : Signed is null ? $"+ {name} {Value(Wanted, Signed)}"
            : $"- {name} {Value(Signed, Wanted)}";

        string Value(string? json, string? other) =>
            ClaimWords.Of(Claim, json, IsOfRole ? null : other, shown, isNamed ? member => SettingNames.InItem(Claim, member) : member => member);
    }
}
