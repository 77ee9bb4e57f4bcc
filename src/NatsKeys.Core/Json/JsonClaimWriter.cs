using System.Text.Json;
using NatsKeys.Claims;

namespace NatsKeys.Json;

/// <summary>Writes the members of a claim object as the reference does: what is empty is left out.</summary>
internal sealed class JsonClaimWriter(JsonText json) : ClaimMap
{
    public override string? Text(string name, string? value, bool always = false)
    {
        if (always || !string.IsNullOrEmpty(value))
        {
            json.Name(name);
            json.Text(value ?? "");
        }

        return value;
    }

    public override long Integer(string name, long value, bool always = false, long absent = 0, long minimum = long.MinValue, long maximum = long.MaxValue)
    {
        if (value < minimum || value > maximum)
        {
            throw new NatsKeysException(ErrorCode.InvalidClaims, $"The member '{name}' cannot be {value}: it is from {minimum} to {maximum}.");
        }

        if (always || value != 0)
        {
            json.Name(name);
            json.Integer(value);
        }

        return value;
    }

    public override ulong Unsigned(string name, ulong value)
    {
        if (value != 0)
        {
            json.Name(name);
            json.Unsigned(value);
        }

        return value;
    }

    public override bool Flag(string name, bool value)
    {
        if (value)
        {
            json.Name(name);
            json.Flag(value);
        }

        return value;
    }

    public override List<string> Texts(string name, List<string> values, bool commaSeparated = false)
    {
        if (values.Count > 0)
        {
            json.Name(name);
            WriteTexts(values);
        }

        return values;
    }

    public override List<List<string>> TextLists(string name, List<List<string>> values)
    {
        if (values.Count > 0)
        {
            json.Name(name);
            json.BeginArray();
            values.ForEach(WriteTexts);
            json.EndArray();
        }

        return values;
    }

    public override long Sampling(string name, long value)
    {
        json.Name(name);
        switch (value)
        {
            case 0:
                json.Text("headers");
                break;
            case >= 1 and <= 100:
                json.Integer(value);
                break;
            default:
                throw new NatsKeysException(ErrorCode.InvalidClaims, $"The member '{name}' cannot be {value}: it is from 1 to 100, or 0 for headers.");
        }

        return value;
    }

    public override T Object<T>(string name, T value)
    {
        json.Name(name);
        Write(value);
        return value;
    }

    public override T? Optional<T>(string name, T? value)
        where T : class
    {
        if (value is not null)
        {
            json.Name(name);
            Write(value);
        }

        return value;
    }

    public override List<T> Objects<T>(string name, List<T> values)
    {
        if (values.Count > 0)
        {
            json.Name(name);
            WriteList(values);
        }

        return values;
    }

    public override ClaimTable<long> IntegerMap(string name, ClaimTable<long> values)
    {
        WriteMap(name, values, json.Integer);
        return values;
    }

    public override ClaimTable<T> ObjectMap<T>(string name, ClaimTable<T> values)
    {
        WriteMap(name, values, Write);
        return values;
    }

    public override ClaimTable<List<T>> ListMap<T>(string name, ClaimTable<List<T>> values)
    {
        WriteMap(name, values, WriteList);
        return values;
    }

    /// <summary>Writes members that this version does not know, after those that it knows.</summary>
    public void WriteUnknown(ClaimObject value, bool canonical = false)
    {
        IEnumerable<KeyValuePair<string, JsonElement>> members = value.Unknown;
        foreach ((string name, JsonElement member) in canonical ? members.OrderBy(member => member.Key, Utf8Order.Instance) : members)
        {
            json.Name(name);
            json.Value(member, canonical);
        }
    }

    private void WriteTexts(List<string> values)
    {
        json.BeginArray();
        values.ForEach(json.Text);
        json.EndArray();
    }

    private void Write(ClaimObject value)
    {
        if (value.IsNull)
        {
            json.Null();
        }
        else if (value is IPlainForm { Plain: { } plain })
        {
            json.Text(plain);
        }
        else
        {
            json.BeginObject();
            value.Map(this);
            WriteUnknown(value);
            json.EndObject();
        }
    }

    private void WriteList<T>(List<T> values)
        where T : ClaimObject
    {
        json.BeginArray();
        foreach (T value in values)
        {
            Write(value);
        }

        json.EndArray();
    }

    private void WriteMap<T>(string name, ClaimTable<T> values, Action<T> write)
    {
        if (values.Count > 0)
        {
            json.Name(name);
            json.BeginObject();
            foreach ((string key, T value) in values)
            {
                json.Name(key);
                write(value);
            }

            json.EndObject();
        }
    }
}
