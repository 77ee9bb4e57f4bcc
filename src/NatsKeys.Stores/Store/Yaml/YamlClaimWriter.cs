using System.Globalization;
using System.Text.Json;
using NatsKeys.Claims;
using NatsKeys.Files;

namespace NatsKeys.Store;

/// <summary>Writes the members of a claim object whose values differ from those of a new object.</summary>
internal sealed class YamlClaimWriter(IReadOnlyDictionary<string, object?> defaults) : ClaimVisitor
{
    private readonly YamlMapping mapping = new();

    public static YamlMapping Write<T>(T value, ClaimObject fresh)
        where T : ClaimObject
    {
        var writer = new YamlClaimWriter(DefaultValues.Of(fresh));
        value.Map(writer);
        foreach ((string name, JsonElement member) in value.Unknown)
        {
            writer.mapping.Add(name, FromJson(member));
        }

        return writer.mapping;
    }

    protected override void Text(string name, string? value, bool always)
    {
        if ((value ?? "") != (string?)defaults[name])
        {
            mapping.Add(name, new YamlScalar(value ?? "", isPlain: false));
        }
    }

    protected override void Integer(string name, long value, bool always, long minimum, long maximum)
    {
        if (!value.Equals(defaults[name]))
        {
            mapping.Add(name, Number(value));
        }
    }

    protected override void Unsigned(string name, ulong value) => throw NotInFiles();

    protected override void Flag(string name, bool value)
    {
        if (!value.Equals(defaults[name]))
        {
            mapping.Add(name, new YamlScalar(value ? "true" : "false", isPlain: true));
        }
    }

    protected override void Texts(string name, ClaimList<string> values)
    {
        AddList(name, values, value => new YamlScalar(value, isPlain: false));
    }

    protected override void TextLists(string name, ClaimList<ClaimList<string>> values) => throw NotInFiles();

    protected override void Sampling(string name, long value)
    {
        mapping.Add(name, value == 0 ? new YamlScalar("headers", isPlain: false) : Number(value));
    }

    protected override void Object<T>(string name, T value)
    {
        YamlMapping inner = Write(value, (ClaimObject?)defaults[name] ?? new T());
        if (inner.Members.Count > 0)
        {
            mapping.Add(name, inner);
        }
    }

    protected override void Optional<T>(string name, T? value)
        where T : class
    {
        if (value is not null)
        {
            mapping.Add(name, Write(value, new T()));
        }
    }

    protected override void Objects<T>(string name, ClaimList<T> values)
    {
        AddList(name, values, Item);
    }

    protected override void IntegerMap(string name, ClaimTable<long> values)
    {
        AddMap(name, values, Number);
    }

    protected override void ObjectMap<T>(string name, ClaimTable<T> values)
    {
        AddMap(name, values, Item);
    }

    protected override void ListMap<T>(string name, ClaimTable<ClaimList<T>> values)
    {
        AddMap(name, values, list => List(list, Item));
    }

    /// <summary>Creates the error for a member that only authorization requests have, which are not entities.</summary>
    private static InvalidOperationException NotInFiles() => new("Entity files do not hold claims of this kind.");

    private static YamlScalar Number(long value) => new(value.ToString(CultureInfo.InvariantCulture), isPlain: true);

    private static YamlNode Item<T>(T value)
        where T : ClaimObject, new()
    {
        if (value.IsNull)
        {
            return new YamlScalar("null", isPlain: true);
        }

        return value is IPlainForm { Plain: { } plain } ? new YamlScalar(plain, isPlain: false) : Write(value, new T());
    }

    private static YamlSequence List<T>(IEnumerable<T> values, Func<T, YamlNode> write)
    {
        var sequence = new YamlSequence();
        sequence.Items.AddRange(values.Select(write));
        return sequence;
    }

    private static YamlNode FromJson(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var inner = new YamlMapping();
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    inner.Add(member.Name, FromJson(member.Value));
                }

                return inner;
            case JsonValueKind.Array:
                return List(value.EnumerateArray(), FromJson);
            case JsonValueKind.String:
                return new YamlScalar(value.GetString()!, isPlain: false);
            default:
                return new YamlScalar(value.GetRawText(), isPlain: true);
        }
    }

    private void AddList<T>(string name, ClaimList<T> values, Func<T, YamlNode> write)
    {
        if (values.IsStated)
        {
            mapping.Add(name, List(values, write));
        }
    }

    private void AddMap<T>(string name, ClaimTable<T> values, Func<T, YamlNode> write)
    {
        if (values.Count > 0)
        {
            var inner = new YamlMapping();
            foreach ((string key, T value) in values)
            {
                inner.Add(key, write(value));
            }

            mapping.Add(name, inner);
        }
    }
}
