using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;

namespace NatsKeys.Rules;

/// <summary>A claim that an entity file states otherwise than its token.</summary>
/// <param name="Claim">Where it stands, such as <c>limits.conn</c>.</param>
/// <param name="Wanted">What the file states, as JSON; null for nothing.</param>
/// <param name="Signed">What the token states, as JSON; null for nothing.</param>
public sealed partial record ClaimDifference(string Claim, string? Wanted, string? Signed)
{
    private const string NotSet = "not set";
    private const int MostTold = 20;

    /// <summary>For people, with all that is stated, however long it is.</summary>
    internal string Full => $"{Claim} is {Words(Wanted)} and was {Words(Signed)}";

    /// <summary>For people.</summary>
    public override string ToString() => VisibleText.Of($"{Claim} is {Excerpt.Of(Words(Wanted))} and was {Excerpt.Of(Words(Signed))}");

    /// <summary>Tells people of several: the first of them, and how many there are beside. A file may differ in thousands of revocations.</summary>
    /// <param name="differences">What differs.</param>
    public static string Tell(IReadOnlyList<ClaimDifference> differences)
    {
        string told = string.Join("; ", differences.Take(MostTold));
        return differences.Count <= MostTold
            ? told
            : string.Create(CultureInfo.InvariantCulture, $"{told}; and {differences.Count - MostTold:N0} more");
    }

    /// <summary>What two sets of claims state differently.</summary>
    internal static IReadOnlyList<ClaimDifference> Between(ClaimSet wanted, ClaimSet signed)
    {
        using JsonDocument left = JsonDocument.Parse(ClaimJson.WishOf(wanted));
        using JsonDocument right = JsonDocument.Parse(ClaimJson.WishOf(signed));
        var found = new List<ClaimDifference>();
        Compare("", left.RootElement, right.RootElement, found);
        if (wanted.Issuer != signed.Issuer)
        {
            found.Add(new ClaimDifference("issuer", Shown(wanted.Issuer), Shown(signed.Issuer)));
        }

        return found;
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
        else if (AreObjects(wanted, signed))
        {
            for (int index = 0; index < wanted!.Value.GetArrayLength(); index++)
            {
                Compare($"{path}[{index}]", wanted.Value[index], signed!.Value[index], found);
            }
        }
        else if (wanted?.GetRawText() != signed?.GetRawText())
        {
            found.Add(new ClaimDifference(path, Shown(wanted?.GetRawText()), Shown(signed?.GetRawText())));
        }
    }

    /// <summary>Whether two lists have the same number of objects: what is different in one of them is a difference of that one.</summary>
    private static bool AreObjects(JsonElement? left, JsonElement? right) =>
        left is { ValueKind: JsonValueKind.Array } wanted && right is { ValueKind: JsonValueKind.Array } signed
        && wanted.GetArrayLength() == signed.GetArrayLength()
        && wanted.EnumerateArray().Concat(signed.EnumerateArray()).All(item => item.ValueKind == JsonValueKind.Object);

    // What somebody took for a public key may have been a seed.
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

    private string Words(string? json) => json is null ? NotSet
        : Claim is "exp" or "nbf" && long.TryParse(json, CultureInfo.InvariantCulture, out long seconds) ? $"{UnixTime.ToDate(seconds):u}"
        : json;
}
