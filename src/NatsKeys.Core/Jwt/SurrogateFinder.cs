using NatsKeys.Claims;

namespace NatsKeys.Jwt;

/// <summary>
/// Finds out whether claims may contain a lone surrogate, without writing them. The answer is also yes for pairs of surrogates, and for unknown
/// members, which are not read.
/// </summary>
internal sealed class SurrogateFinder : ClaimVisitor
{
    private const char First = '\ud800';
    private const char Last = '\udfff';

    private bool found;

    /// <summary>Whether claims may contain a lone surrogate.</summary>
    public static bool MayFind(ClaimSet claims)
    {
        var finder = new SurrogateFinder();
        claims.MapStandard(finder, withId: false);
        finder.Walk(claims);
        claims.MapTail(finder);
        return finder.found || claims.Outer.Unknown.Count > 0;
    }

    protected override void Text(string name, string? value, bool always) => Find(value);

    protected override void Integer(string name, long value, bool always, long minimum, long maximum)
    {
    }

    protected override void Unsigned(string name, ulong value)
    {
    }

    protected override void Flag(string name, bool value)
    {
    }

    protected override void Sampling(string name, long value)
    {
    }

    protected override void Texts(string name, ClaimList<string> values)
    {
        for (int index = 0; index < values.Count; index++)
        {
            Find(values[index]);
        }
    }

    protected override void TextLists(string name, ClaimList<ClaimList<string>> values)
    {
        foreach (ClaimList<string> texts in values)
        {
            Texts(name, texts);
        }
    }

    protected override void Object<T>(string name, T value) => Walk(value);

    protected override void Optional<T>(string name, T? value)
        where T : class
    {
        if (value is not null)
        {
            Walk(value);
        }
    }

    protected override void Objects<T>(string name, ClaimList<T> values)
    {
        for (int index = 0; index < values.Count; index++)
        {
            Walk(values[index]);
        }
    }

    protected override void IntegerMap(string name, ClaimTable<long> values)
    {
        foreach ((string key, _) in values)
        {
            Find(key);
        }
    }

    protected override void ObjectMap<T>(string name, ClaimTable<T> values)
    {
        foreach ((string key, T value) in values)
        {
            Find(key);
            Walk(value);
        }
    }

    protected override void ListMap<T>(string name, ClaimTable<ClaimList<T>> values)
    {
        foreach ((string key, ClaimList<T> list) in values)
        {
            Find(key);
            Objects(name, list);
        }
    }

    private void Walk(ClaimObject value)
    {
        found |= value.Unknown.Count > 0;
        value.Map(this);
    }

    private void Find(string? text) => found |= text is not null && text.AsSpan().IndexOfAnyInRange(First, Last) >= 0;
}
