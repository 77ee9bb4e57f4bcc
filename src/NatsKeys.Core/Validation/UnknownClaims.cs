using NatsKeys.Claims;

namespace NatsKeys.Validation;

/// <summary>A claim that this version does not know.</summary>
/// <param name="Claim">Where it stands, such as <c>pub.alow</c>.</param>
/// <param name="Meant">The claim of that place which is spelled nearly the same; null where there is none.</param>
internal sealed record UnknownClaim(string Claim, string? Meant);

/// <summary>Finds claims that are not known. They are kept, for a newer server may know them; and they may be slips, which servers pass over.</summary>
internal sealed class UnknownClaims : ClaimMap
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

    public override string? Text(string name, string? value, bool always = false) => Know(name, value);

    public override long Integer(string name, long value, bool always = false, long absent = 0, long minimum = long.MinValue, long maximum = long.MaxValue) => Know(name, value);

    public override ulong Unsigned(string name, ulong value) => Know(name, value);

    public override bool Flag(string name, bool value) => Know(name, value);

    public override List<string> Texts(string name, List<string> values, bool commaSeparated = false) => Know(name, values);

    public override List<List<string>> TextLists(string name, List<List<string>> values) => Know(name, values);

    public override long Sampling(string name, long value) => Know(name, value);

    public override ClaimTable<long> IntegerMap(string name, ClaimTable<long> values) => Know(name, values);

    public override T Object<T>(string name, T value)
    {
        Walk(value, place + name, found);
        return Know(name, value);
    }

    public override T? Optional<T>(string name, T? value)
        where T : class
    {
        if (value is not null)
        {
            Walk(value, place + name, found);
        }

        return Know(name, value);
    }

    public override List<T> Objects<T>(string name, List<T> values)
    {
        WalkAll(values, place + name);
        return Know(name, values);
    }

    public override ClaimTable<T> ObjectMap<T>(string name, ClaimTable<T> values)
    {
        foreach ((string key, T value) in values)
        {
            Walk(value, $"{place}{name}.{key}", found);
        }

        return Know(name, values);
    }

    public override ClaimTable<List<T>> ListMap<T>(string name, ClaimTable<List<T>> values)
    {
        foreach ((string key, List<T> list) in values)
        {
            WalkAll(list, $"{place}{name}.{key}");
        }

        return Know(name, values);
    }

    private static void Walk(ClaimObject target, string place, List<UnknownClaim> found)
    {
        if (target is IPlainForm { Plain: not null })
        {
            return;
        }

        var walk = new UnknownClaims(place.Length == 0 ? "" : place + ".", found);
        target.Map(walk);
        found.AddRange(target.Unknown.Select(member => new UnknownClaim(walk.place + member.Key, walk.known.Find(name => Spelling.IsSlip(name, member.Key)))));
    }

    private void WalkAll<T>(List<T> values, string claim)
        where T : ClaimObject
    {
        for (int index = 0; index < values.Count; index++)
        {
            Walk(values[index], $"{claim}[{index}]", found);
        }
    }

    private T Know<T>(string name, T value)
    {
        known.Add(name);
        return value;
    }
}
