using NatsKeys.Claims;

namespace NatsKeys.Store;

/// <summary>Collects the values of a new claim object, so that a writer can omit them.</summary>
internal sealed class DefaultValues : ClaimVisitor
{
    private readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, object?> Of(ClaimObject fresh)
    {
        var collector = new DefaultValues();
        fresh.Map(collector);
        return collector.values;
    }

    protected override void Text(string name, string? value, bool always) => values[name] = value ?? "";

    protected override void Integer(string name, long value, bool always, long minimum, long maximum) =>
        values[name] = value;

    protected override void Unsigned(string name, ulong value) => values[name] = value;

    protected override void Flag(string name, bool value) => values[name] = value;

    protected override void Object<T>(string name, T value) => values[name] = value;

    // Lists, maps and optional objects are empty in every new object.
    protected override void Texts(string name, ClaimList<string> values)
    {
    }

    protected override void TextLists(string name, ClaimList<ClaimList<string>> values)
    {
    }

    protected override void Sampling(string name, long value)
    {
    }

    protected override void Optional<T>(string name, T? value)
        where T : class
    {
    }

    protected override void Objects<T>(string name, ClaimList<T> values)
    {
    }

    protected override void IntegerMap(string name, ClaimTable<long> values)
    {
    }

    protected override void ObjectMap<T>(string name, ClaimTable<T> values)
    {
    }

    protected override void ListMap<T>(string name, ClaimTable<ClaimList<T>> values)
    {
    }
}
