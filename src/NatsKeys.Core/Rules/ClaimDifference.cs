using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Rules;

/// <summary>A claim that an entity file states otherwise than its token.</summary>
/// <param name="Claim">Its place, such as <c>limits.conn</c>.</param>
/// <param name="Wanted">What the file states, as JSON; null for nothing.</param>
/// <param name="Signed">What the token states, as JSON; null for nothing.</param>
public sealed partial record ClaimDifference(string Claim, string? Wanted, string? Signed)
{
    private const int LongestLine = 600;
    private const int MostShown = 20;

    /// <summary>Whether it is one item of a list, which only one of the two has.</summary>
    public bool IsItem { get; init; }

    /// <summary>For people, with all that is stated, however long it is.</summary>
    internal string Full => Text(value => value);

    /// <summary>
    /// For people: <c>limits.conn 200 → 300</c> from what is signed to what is wanted, <c>+ tags "eu"</c> for an item that is wanted and not signed,
    /// and <c>- tags "eu"</c> for one that is signed and not wanted. Dates, durations and sizes are in the words of the views.
    /// </summary>
    public override string ToString() =>
        TextSanitizer.Clean(Text(Excerpt.Of) is var text && text.Length > LongestLine ? text[..LongestLine] + "…" : text);

    /// <summary>Tells people of several: the first of them, and how many there are beside. A file may differ in thousands of revocations.</summary>
    /// <param name="differences">What differs.</param>
    public static string Describe(IReadOnlyList<ClaimDifference> differences) => Describe(differences, "; ", "; and ");

    /// <summary>Tells people of several, each in a line of its own.</summary>
    /// <param name="differences">What differs.</param>
    public static string DescribeLines(IReadOnlyList<ClaimDifference> differences) => Describe(differences, "\n  ", "\n  and ");

    /// <summary>What two sets of claims state differently.</summary>
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

        return found;
    }

    private static string Describe(IReadOnlyList<ClaimDifference> differences, string separator, string rest)
    {
        string text = string.Join(separator, differences.Take(MostShown));
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
                // People look for a claim where the file has it, which is not below "nats".
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

    /// <summary>Compares lists item by item: items of the same name with each other, at whatever position.</summary>
    private static void CompareLists(string path, JsonElement[] wanted, JsonElement[] signed, List<ClaimDifference> found)
    {
        int before = found.Count;
        ILookup<string, JsonElement> known = signed.ToLookup(item => item.GetRawText(), StringComparer.Ordinal);
        ILookup<string, JsonElement> asked = wanted.ToLookup(item => item.GetRawText(), StringComparer.Ordinal);
        // What is not known by its name any more is known by its subject: the local subject of an import is its name, and can change.
        (List<JsonElement> added, List<JsonElement> gone) = Pair(path, [.. Surplus(asked, known)], [.. Surplus(known, asked)], NameOf, found);
        (added, gone) = Pair(path, added, gone, SubjectOf, found);
        found.AddRange(added.Select(item => new ClaimDifference(path, Shown(item.GetRawText()), null) { IsItem = true }));
        found.AddRange(gone.Select(item => new ClaimDifference(path, null, Shown(item.GetRawText())) { IsItem = true }));
        if (found.Count == before)
        {
            // The same items, in another order.
            found.Add(new ClaimDifference(path, Shown(Whole(wanted)), Shown(Whole(signed))));
        }

        static IEnumerable<JsonElement> Surplus(ILookup<string, JsonElement> items, ILookup<string, JsonElement> others) =>
            items.SelectMany(same => same.Skip(others[same.Key].Count()));

        static string Whole(JsonElement[] items) => items.Length == 0 ? "[]" : $"[{string.Join(',', items.Select(item => item.GetRawText()))}]";
    }

    /// <summary>Compares the objects of one name with each other.</summary>
    /// <returns>What has no other of its name: of those that are wanted, and of those that are signed.</returns>
    private static (List<JsonElement> Wanted, List<JsonElement> Signed) Pair(
        string path, List<JsonElement> wanted, List<JsonElement> signed, Func<JsonElement, string> nameOf, List<ClaimDifference> found)
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
                Compare($"{path}[{name}]", item, other, found);
            }
            else
            {
                added.Add(item);
            }
        }

        return (added, [.. old.Values.SelectMany(items => items)]);
    }

    /// <summary>The subject of an item; where it has none, the item itself.</summary>
    private static string SubjectOf(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("subject", out JsonElement subject)
        && subject.ValueKind == JsonValueKind.String
            ? SecretShape.Mask(subject.GetString() ?? "")
            : item.GetRawText();

    /// <summary>The identity of a list item: the name of a role, the key itself, or the subject of anything else.</summary>
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

    // A text that was specified as a public key may be a seed.
    private static string? Shown(string? value) => value is null ? null : SecretShape.Mask(Tail().Replace(value, "$1>"));

    /// <summary>Tokens have the wildcard escaped.</summary>
    [GeneratedRegex(@"(?<!\\)((?:\\\\)*)\\u003e", RegexOptions.IgnoreCase)]
    private static partial Regex Tail();

    /// <summary>The members by their names: to look for each of thousands in the document takes far longer.</summary>
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

    private string Text(Func<string, string> shown)
    {
        if (!IsItem && ClaimWords.Revocation(Claim) is { } revocation && (Wanted ?? Signed) is { } stated)
        {
            string what = $"{revocation.Owner}revocation of {revocation.Key} until";
            return Signed is null ? $"+ {what} {ClaimWords.Date(stated)}"
                : Wanted is null ? $"- {what} {ClaimWords.Date(stated)}"
                : $"{what} {ClaimWords.Date(Signed)} → {ClaimWords.Date(Wanted)}";
        }

        return !IsItem ? $"{Claim} {ClaimWords.Of(Claim, Signed, shown)} → {ClaimWords.Of(Claim, Wanted, shown)}"
            : Signed is null ? $"+ {Claim} {ClaimWords.Of(Claim, Wanted, shown)}"
            : $"- {Claim} {ClaimWords.Of(Claim, Signed, shown)}";
    }
}
