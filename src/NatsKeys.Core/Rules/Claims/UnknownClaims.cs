using NatsKeys.Claims;

namespace NatsKeys.Rules;

/// <summary>A claim that this version does not know.</summary>
/// <param name="Claim">Its place, such as <c>pub.alow</c>.</param>
/// <param name="Meant">The similarly spelled claim at that place; null if there is none.</param>
internal sealed record UnknownClaim(string Claim, string? Meant);

/// <summary>Finds unknown claims. They are kept, because newer servers may know them. They may also be typos, which servers ignore.</summary>
internal sealed class UnknownClaims : ClaimVisitor
{
    private readonly List<string> known = [];
    private readonly List<UnknownClaim> found;
    private readonly string place;

    private UnknownClaims(string place, List<UnknownClaim> found) => (this.place, this.found) = (place, found);

    public static IReadOnlyList<UnknownClaim> In(ClaimSet claims)
    {
        var found = new List<UnknownClaim>();
        Walk(claims, "", found);
        return found;
    }

    protected override void Text(string name, string? value, bool always) => Know(name);

    protected override void Integer(string name, long value, bool always, long minimum, long maximum) => Know(name);

    protected override void Unsigned(string name, ulong value) => Know(name);

    protected override void Flag(string name, bool value) => Know(name);

    protected override void Texts(string name, ClaimList<string> values) => Know(name);

    protected override void TextLists(string name, ClaimList<ClaimList<string>> values) => Know(name);

    protected override void Sampling(string name, long value) => Know(name);

    protected override void IntegerMap(string name, ClaimTable<long> values) => Know(name);

    protected override void Object<T>(string name, T value)
    {
        Walk(value, place + name, found);
        Know(name);
    }

    protected override void Optional<T>(string name, T? value)
        where T : class
    {
        if (value is not null)
        {
            Walk(value, place + name, found);
        }

        Know(name);
    }

    protected override void Objects<T>(string name, ClaimList<T> values)
    {
        WalkAll(values, place + name);
        Know(name);
    }

    protected override void ObjectMap<T>(string name, ClaimTable<T> values)
    {
        foreach ((string key, T value) in values)
        {
            Walk(value, $"{place}{name}.{key}", found);
        }

        Know(name);
    }

    protected override void ListMap<T>(string name, ClaimTable<ClaimList<T>> values)
    {
        foreach ((string key, ClaimList<T> list) in values)
        {
            WalkAll(list, $"{place}{name}.{key}");
        }

        Know(name);
    }

    private static void Walk(ClaimObject target, string place, List<UnknownClaim> found)
    {
        if (target is IPlainForm { Plain: not null })
        {
            return;
        }

        var walk = new UnknownClaims(place.Length == 0 ? "" : place + ".", found);
        target.Map(walk);
        found.AddRange(
            target.Unknown.Select(member => new UnknownClaim(walk.place + member.Key, walk.known.Find(name => Spelling.IsTypo(name, member.Key)))));
    }

    private void WalkAll<T>(ClaimList<T> values, string claim)
        where T : ClaimObject
    {
        for (int index = 0; index < values.Count; index++)
        {
            Walk(values[index], $"{claim}[{index}]", found);
        }
    }

    private void Know(string name) => known.Add(name);
}
