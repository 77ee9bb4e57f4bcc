using System.Text.Json;

namespace NatsKeys.Claims;

/// <summary>
/// Reads the members of a claim object from JSON. Types are checked strictly, and <c>null</c> counts as absent. Members that are not read are kept as
/// unknown. A known name in the wrong case is an error, because the reference would accept it and a person would overlook it.
/// </summary>
/// <param name="source">The JSON object; an undefined element counts as an empty object.</param>
/// <param name="place">The place of the object in the token, for error messages; null for the top.</param>
internal sealed class JsonClaimReader(JsonElement source, JsonPlace? place = null) : ClaimReader
{
    private static readonly JsonElement EmptyArray = JsonElement.Parse("[]");
    private readonly List<string> known = [];
    private JsonElement.ObjectEnumerator next;
    private bool inOrder;
    private bool hasNext;
    private int found;

    public override bool ReadsToken => true;

    /// <summary>Reads the members of an object, which lists them itself.</summary>
    public static T Read<T>(T target, JsonElement source, JsonPlace place)
        where T : ClaimObject
    {
        if (new JsonClaimReader(source, place).TryReadInOrder(target))
        {
            return target;
        }

        // The members are in another order, some are unknown, or something is wrong. Each member is now searched by name.
        target.ClearUnknown();
        var reader = new JsonClaimReader(source, place);
        target.Map(reader);
        reader.KeepUnknown(target);
        return target;
    }

    /// <summary>Passes the members that were not read to the object.</summary>
    public void KeepUnknown(ClaimObject target)
    {
        if (source.ValueKind != JsonValueKind.Object || source.GetPropertyCount() == found)
        {
            return;
        }

        foreach (JsonProperty member in source.EnumerateObject())
        {
            string? match = known.Find(name => name.Equals(member.Name, StringComparison.OrdinalIgnoreCase));
            if (match is null)
            {
                target.AddUnknown(member.Name, member.Value.Clone());
            }
            else if (match != member.Name)
            {
                throw Malformed($"The member '{Join(member.Name)}' must be spelled '{match}'");
            }
        }
    }

    /// <summary>Marks a member as known without reading it.</summary>
    public JsonElement Take(string name) => Find(name);

    public override string? Text(string name, string? value)
    {
        JsonElement member = Find(name);
        return member.ValueKind switch
        {
            JsonValueKind.String => member.GetString()!,
            JsonValueKind.Undefined => null,
            _ => throw Wrong(name, "a string"),
        };
    }

    public override long Integer(string name, long value, long absent = 0, long minimum = long.MinValue, long maximum = long.MaxValue)
    {
        JsonElement member = Find(name);
        return member.ValueKind == JsonValueKind.Undefined ? absent : IntegerOf(member, Join(name), minimum, maximum);
    }

    protected override ulong Unsigned(string name, ulong value)
    {
        JsonElement member = Find(name);
        return member.ValueKind switch
        {
            JsonValueKind.Undefined => 0,
            JsonValueKind.Number when member.TryGetUInt64(out ulong number) => number,
            _ => throw Wrong(name, "an unsigned 64-bit integer"),
        };
    }

    protected override bool Flag(string name, bool value) => Find(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Undefined => false,
        _ => throw Wrong(name, "true or false"),
    };

    public override ClaimList<string> Texts(string name, ClaimList<string> values, bool commaSeparated = false)
    {
        JsonElement member = Find(name);
        if (commaSeparated && member.ValueKind == JsonValueKind.String)
        {
            return ClaimLists.Folded(member.GetString()!.Split(','));
        }

        return member.ValueKind == JsonValueKind.Undefined && values.Count == 0 ? values : TextsOf(member, Join(name));
    }

    protected override ClaimList<ClaimList<string>> TextLists(string name, ClaimList<ClaimList<string>> values)
    {
        var lists = new ClaimList<ClaimList<string>>();
        foreach (JsonElement item in ItemsOf(Find(name), Join(name)))
        {
            lists.Add(TextsOf(item.ValueKind == JsonValueKind.Null ? default : item, Join(name)));
        }

        return lists;
    }

    protected override long Sampling(string name, long value)
    {
        JsonElement member = Find(name);
        return member.ValueKind switch
        {
            JsonValueKind.Undefined => 0,
            JsonValueKind.String when member.GetString()!.Equals("headers", StringComparison.OrdinalIgnoreCase) => 0,
            JsonValueKind.String => throw Wrong(name, "an integer or 'headers'"),
            _ => IntegerOf(member, Join(name)),
        };
    }

    protected override T Object<T>(string name, T value)
    {
        JsonElement member = Find(name);
        return member.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined
            ? Read(value, member, Join(name))
            : throw Wrong(name, "an object");
    }

    protected override T? Optional<T>(string name, T? value)
        where T : class
    {
        JsonElement member = Find(name);
        return member.ValueKind switch
        {
            JsonValueKind.Undefined => null,
            JsonValueKind.Object => Read(new T(), member, Join(name)),
            _ => throw Wrong(name, "an object"),
        };
    }

    protected override ClaimList<T> Objects<T>(string name, ClaimList<T> values)
    {
        JsonElement member = Find(name);
        return member.ValueKind == JsonValueKind.Undefined && values.Count == 0 ? values : ListOf<T>(member, Join(name));
    }

    protected override ClaimTable<long> IntegerMap(string name, ClaimTable<long> values) =>
        MapOf(name, values, (member, place) => IntegerOf(member, place));

    protected override ClaimTable<T> ObjectMap<T>(string name, ClaimTable<T> values) =>
        MapOf(name, values, ItemOf<T>);

    protected override ClaimTable<ClaimList<T>> ListMap<T>(string name, ClaimTable<ClaimList<T>> values) =>
        MapOf(name, values, ListOf<T>);

    private static NatsKeysException Malformed(string message) => new(ErrorCode.TokenMalformed, message + ".");

    private JsonPlace Join(string name, int index = -1) => place?.Of(name, index) ?? new JsonPlace(null, name, index);

    private static NatsKeysException Wrong(JsonPlace member, string wanted) => Malformed($"The member '{member}' must be {wanted}");

    private NatsKeysException Wrong(string name, string wanted) => Wrong(Join(name), wanted);

    /// <summary>
    /// Tries to read the members in the order in which they are usually written, which saves searching for each one. Returns whether this read every
    /// member of the JSON object.
    /// </summary>
    private bool TryReadInOrder(ClaimObject target)
    {
        inOrder = true;
        if (source.ValueKind == JsonValueKind.Object)
        {
            next = source.EnumerateObject();
            hasNext = next.MoveNext();
        }

        try
        {
            target.Map(this);
            return !hasNext;
        }
        catch (NatsKeysException)
        {
            return false;
        }
    }

    private JsonElement FindInOrder(string name)
    {
        if (!hasNext || !next.Current.NameEquals(name))
        {
            return default;
        }

        JsonElement member = next.Current.Value;
        hasNext = next.MoveNext();
        return member.ValueKind == JsonValueKind.Null ? default : member;
    }

    private JsonElement Find(string name)
    {
        if (inOrder)
        {
            return FindInOrder(name);
        }

        known.Add(name);
        if (source.ValueKind != JsonValueKind.Object || !source.TryGetProperty(name, out JsonElement member))
        {
            return default;
        }

        found++;
        return member.ValueKind == JsonValueKind.Null ? default : member;
    }

    private static ClaimList<string> TextsOf(JsonElement list, JsonPlace place)
    {
        var texts = new ClaimList<string> { IsStatedEmpty = IsEmptyArray(list) };
        foreach (JsonElement item in ItemsOf(list, place))
        {
            // The reference reads null in a list of texts as an empty text.
            texts.Add(item.ValueKind switch
            {
                JsonValueKind.String => item.GetString()!,
                JsonValueKind.Null => "",
                _ => throw Wrong(place, "a list of strings"),
            });
        }

        return texts;
    }

    private static bool IsEmptyArray(JsonElement list) => list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 0;

    private static long IntegerOf(JsonElement member, JsonPlace place, long minimum = long.MinValue, long maximum = long.MaxValue) =>
        member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out long value) && value >= minimum && value <= maximum
            ? value
            : throw Wrong(place, minimum == long.MinValue ? "a 64-bit integer" : $"an integer from {minimum} to {maximum}");

    private static JsonElement.ArrayEnumerator ItemsOf(JsonElement member, JsonPlace place) => member.ValueKind switch
    {
        JsonValueKind.Array => member.EnumerateArray(),
        JsonValueKind.Undefined => EmptyArray.EnumerateArray(),
        _ => throw Wrong(place, "a list"),
    };

    private static ClaimList<T> ListOf<T>(JsonElement member, JsonPlace place)
        where T : ClaimObject, new()
    {
        var list = new ClaimList<T> { IsStatedEmpty = IsEmptyArray(member) };
        foreach (JsonElement item in ItemsOf(member, place))
        {
            // In lists of texts and objects, the reference skips entries that are neither.
            if (!typeof(IPlainForm).IsAssignableFrom(typeof(T)) || item.ValueKind is JsonValueKind.String or JsonValueKind.Object)
            {
                list.Add(ItemOf<T>(item, place with { Index = list.Count }));
            }
        }

        return list;
    }

    private static T ItemOf<T>(JsonElement item, JsonPlace place)
        where T : ClaimObject, new()
    {
        var target = new T();
        switch (item.ValueKind)
        {
            case JsonValueKind.Object:
                return Read(target, item, place);
            case JsonValueKind.Null:
                target.IsNull = true;
                return target;
            case JsonValueKind.String when target is IPlainForm plain:
                plain.Plain = item.GetString()!;
                return target;
            default:
                throw Wrong(place, "an object");
        }
    }

    private ClaimTable<T> MapOf<T>(string name, ClaimTable<T> values, Func<JsonElement, JsonPlace, T> read)
    {
        JsonElement member = Find(name);
        if (member.ValueKind == JsonValueKind.Undefined && values.Count == 0)
        {
            return values;
        }

        var map = new ClaimTable<T>();
        switch (member.ValueKind)
        {
            case JsonValueKind.Undefined:
                return map;
            case JsonValueKind.Object:
                foreach (JsonProperty entry in member.EnumerateObject())
                {
                    map[entry.Name] = read(entry.Value, Join(name).Of(entry.Name));
                }

                return map;
            default:
                throw Wrong(name, "an object");
        }
    }
}
