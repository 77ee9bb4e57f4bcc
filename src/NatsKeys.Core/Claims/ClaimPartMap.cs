namespace NatsKeys.Claims;

/// <summary>Visits the parts of a <see cref="ClaimObject"/> that have members of their own, and may replace them.</summary>
internal abstract class ClaimPartMap : ClaimMap
{
    public sealed override void Text(string name, ref string? value, bool always = false)
    {
    }

    public sealed override void Integer(
        string name, ref long value, bool always = false, long absent = 0, long minimum = long.MinValue, long maximum = long.MaxValue)
    {
    }

    public sealed override void Unsigned(string name, ref ulong value)
    {
    }

    public sealed override void Flag(string name, ref bool value)
    {
    }

    public sealed override void Sampling(string name, ref long value)
    {
    }

    public sealed override void Texts(string name, ref ClaimList<string> values, bool commaSeparated = false) => values = Visit(values);

    public sealed override void TextLists(string name, ref ClaimList<ClaimList<string>> values) => values = Visit(values);

    public sealed override void Object<T>(string name, ref T value) => value = Visit(value);

    public sealed override void Flat<T>(ref T value) => value = Visit(value);

    public sealed override void Optional<T>(string name, ref T? value)
        where T : class => value = value is null ? null : Visit(value);

    public sealed override void Objects<T>(string name, ref ClaimList<T> values) => values = Visit(values);

    public sealed override void IntegerMap(string name, ref ClaimTable<long> values) => values = Visit(values);

    public sealed override void ObjectMap<T>(string name, ref ClaimTable<T> values) => values = Visit(values);

    public sealed override void ListMap<T>(string name, ref ClaimTable<ClaimList<T>> values) => values = Visit(values);

    /// <summary>Visits a part, and returns what takes its place.</summary>
    protected abstract T Visit<T>(T part)
        where T : IClaimPart;
}
