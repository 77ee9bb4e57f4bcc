using NatsKeys.Claims;

namespace NatsKeys.Yaml;

/// <summary>Collects the values of a new claim object, so that a writer can leave them out.</summary>
internal sealed class DefaultValues : ClaimMap
{
    private readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, object?> Of(ClaimObject fresh)
    {
        var collector = new DefaultValues();
        fresh.Map(collector);
        return collector.values;
    }

    public override string? Text(string name, string? value, bool always = false) => Keep(name, value, value ?? "");

    public override long Integer(string name, long value, bool always = false, long absent = 0, long minimum = long.MinValue, long maximum = long.MaxValue) =>
        Keep(name, value, value);

    public override ulong Unsigned(string name, ulong value) => Keep(name, value, value);

    public override bool Flag(string name, bool value) => Keep(name, value, value);

    public override T Object<T>(string name, T value) => Keep(name, value, value);

    // Lists, maps and optional objects are empty in every new object.
    public override List<string> Texts(string name, List<string> values, bool commaSeparated = false) => values;

    public override List<List<string>> TextLists(string name, List<List<string>> values) => values;

    public override long Sampling(string name, long value) => value;

    public override T? Optional<T>(string name, T? value)
        where T : class => value;

    public override List<T> Objects<T>(string name, List<T> values) => values;

    public override ClaimTable<long> IntegerMap(string name, ClaimTable<long> values) => values;

    public override ClaimTable<T> ObjectMap<T>(string name, ClaimTable<T> values) => values;

    public override ClaimTable<List<T>> ListMap<T>(string name, ClaimTable<List<T>> values) => values;

    private T Keep<T>(string name, T value, object? kept)
    {
        values[name] = kept;
        return value;
    }
}
