namespace NatsKeys.Claims;

/// <summary>Sets the members of a <see cref="ClaimObject"/>. Every method gets the current value and returns the new one.</summary>
internal abstract class ClaimReader : ClaimMap
{
    public override bool Reads => true;

    public sealed override void Text(string name, ref string? value, bool always = false) => value = Text(name, value);

    public sealed override void Integer(
        string name, ref long value, bool always = false, long absent = 0, long minimum = long.MinValue, long maximum = long.MaxValue) =>
        value = Integer(name, value, absent, minimum, maximum);

    public sealed override void Unsigned(string name, ref ulong value) => value = Unsigned(name, value);

    public sealed override void Flag(string name, ref bool value) => value = Flag(name, value);

    public sealed override void Texts(string name, ref ClaimList<string> values, bool commaSeparated = false) =>
        values = Texts(name, values, commaSeparated);

    public sealed override void TextLists(string name, ref ClaimList<ClaimList<string>> values) => values = TextLists(name, values);

    public sealed override void Sampling(string name, ref long value) => value = Sampling(name, value);

    public sealed override void Object<T>(string name, ref T value) => value = Object(name, value);

    public sealed override void Optional<T>(string name, ref T? value)
        where T : class => value = Optional(name, value);

    public sealed override void Objects<T>(string name, ref ClaimList<T> values) => values = Objects(name, values);

    public sealed override void IntegerMap(string name, ref ClaimTable<long> values) => values = IntegerMap(name, values);

    public sealed override void ObjectMap<T>(string name, ref ClaimTable<T> values) => values = ObjectMap(name, values);

    public sealed override void ListMap<T>(string name, ref ClaimTable<ClaimList<T>> values) => values = ListMap(name, values);

    public abstract string? Text(string name, string? value);

    public abstract long Integer(string name, long value, long absent = 0, long minimum = long.MinValue, long maximum = long.MaxValue);

    public abstract ClaimList<string> Texts(string name, ClaimList<string> values, bool commaSeparated = false);

    protected abstract ulong Unsigned(string name, ulong value);

    protected abstract bool Flag(string name, bool value);

    protected abstract ClaimList<ClaimList<string>> TextLists(string name, ClaimList<ClaimList<string>> values);

    protected abstract long Sampling(string name, long value);

    protected abstract T Object<T>(string name, T value)
        where T : ClaimObject, new();

    protected abstract T? Optional<T>(string name, T? value)
        where T : ClaimObject, new();

    protected abstract ClaimList<T> Objects<T>(string name, ClaimList<T> values)
        where T : ClaimObject, new();

    protected abstract ClaimTable<long> IntegerMap(string name, ClaimTable<long> values);

    protected abstract ClaimTable<T> ObjectMap<T>(string name, ClaimTable<T> values)
        where T : ClaimObject, new();

    protected abstract ClaimTable<ClaimList<T>> ListMap<T>(string name, ClaimTable<ClaimList<T>> values)
        where T : ClaimObject, new();
}
