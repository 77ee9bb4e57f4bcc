namespace NatsKeys.Claims;

/// <summary>Reads the members of a <see cref="ClaimObject"/>. It gets only their values, so it cannot change the object.</summary>
internal abstract class ClaimVisitor : ClaimMap
{
    public sealed override void Text(string name, ref string? value, bool always = false) => Text(name, value, always);

    public sealed override void Integer(
        string name, ref long value, bool always = false, long absent = 0, long minimum = long.MinValue, long maximum = long.MaxValue) =>
        Integer(name, value, always, minimum, maximum);

    public sealed override void Unsigned(string name, ref ulong value) => Unsigned(name, value);

    public sealed override void Flag(string name, ref bool value) => Flag(name, value);

    public sealed override void Texts(string name, ref ClaimList<string> values, bool commaSeparated = false) => Texts(name, values);

    public sealed override void TextLists(string name, ref ClaimList<ClaimList<string>> values) => TextLists(name, values);

    public sealed override void Sampling(string name, ref long value) => Sampling(name, value);

    public sealed override void Object<T>(string name, ref T value) => Object(name, value);

    public sealed override void Optional<T>(string name, ref T? value)
        where T : class => Optional(name, value);

    public sealed override void Objects<T>(string name, ref ClaimList<T> values) => Objects(name, values);

    public sealed override void IntegerMap(string name, ref ClaimTable<long> values) => IntegerMap(name, values);

    public sealed override void ObjectMap<T>(string name, ref ClaimTable<T> values) => ObjectMap(name, values);

    public sealed override void ListMap<T>(string name, ref ClaimTable<ClaimList<T>> values) => ListMap(name, values);

    protected abstract void Text(string name, string? value, bool always);

    protected abstract void Integer(string name, long value, bool always, long minimum, long maximum);

    protected abstract void Unsigned(string name, ulong value);

    protected abstract void Flag(string name, bool value);

    protected abstract void Texts(string name, ClaimList<string> values);

    protected abstract void TextLists(string name, ClaimList<ClaimList<string>> values);

    protected abstract void Sampling(string name, long value);

    protected abstract void Object<T>(string name, T value)
        where T : ClaimObject, new();

    protected abstract void Optional<T>(string name, T? value)
        where T : ClaimObject, new();

    protected abstract void Objects<T>(string name, ClaimList<T> values)
        where T : ClaimObject, new();

    protected abstract void IntegerMap(string name, ClaimTable<long> values);

    protected abstract void ObjectMap<T>(string name, ClaimTable<T> values)
        where T : ClaimObject, new();

    protected abstract void ListMap<T>(string name, ClaimTable<ClaimList<T>> values)
        where T : ClaimObject, new();
}
