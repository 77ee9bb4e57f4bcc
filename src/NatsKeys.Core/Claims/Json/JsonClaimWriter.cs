using System.Text.Json;

namespace NatsKeys.Claims;

/// <summary>Writes the members of a claim object as the reference does. Empty members are omitted.</summary>
internal sealed class JsonClaimWriter(GoJsonWriter json) : ClaimVisitor
{
    protected override void Text(string name, string? value, bool always)
    {
        if (always || !string.IsNullOrEmpty(value))
        {
            json.Name(name);
            json.Text(value ?? "");
        }
    }

    protected override void Integer(string name, long value, bool always, long minimum, long maximum)
    {
        if (value < minimum || value > maximum)
        {
            throw new NatsKeysException(ErrorCode.InvalidClaims, $"The member '{name}' cannot be {value}. It must be from {minimum} to {maximum}.");
        }

        if (always || value != 0)
        {
            json.Name(name);
            json.Integer(value);
        }
    }

    protected override void Unsigned(string name, ulong value)
    {
        if (value != 0)
        {
            json.Name(name);
            json.Unsigned(value);
        }
    }

    protected override void Flag(string name, bool value)
    {
        if (value)
        {
            json.Name(name);
            json.Flag(value);
        }
    }

    protected override void Texts(string name, ClaimList<string> values)
    {
        if (values.IsStated)
        {
            json.Name(name);
            WriteTexts(values);
        }
    }

    protected override void TextLists(string name, ClaimList<ClaimList<string>> values)
    {
        if (values.Count > 0)
        {
            json.Name(name);
            json.BeginArray();
            foreach (ClaimList<string> texts in values)
            {
                WriteTexts(texts);
            }

            json.EndArray();
        }
    }

    protected override void Sampling(string name, long value)
    {
        json.Name(name);
        if (value == 0)
        {
            json.Text("headers");
        }
        else
        {
            // Rules check the range. Claims with another number can still be compared and corrected.
            json.Integer(value);
        }
    }

    protected override void Object<T>(string name, T value)
    {
        json.Name(name);
        Write(value);
    }

    protected override void Optional<T>(string name, T? value)
        where T : class
    {
        if (value is not null)
        {
            json.Name(name);
            Write(value);
        }
    }

    protected override void Objects<T>(string name, ClaimList<T> values)
    {
        if (values.IsStated)
        {
            json.Name(name);
            WriteList(values);
        }
    }

    protected override void IntegerMap(string name, ClaimTable<long> values)
    {
        WriteMap(name, values, json.Integer);
    }

    protected override void ObjectMap<T>(string name, ClaimTable<T> values)
    {
        WriteMap(name, values, Write);
    }

    protected override void ListMap<T>(string name, ClaimTable<ClaimList<T>> values)
    {
        WriteMap(name, values, WriteList);
    }

    /// <summary>Writes unknown members, after the known ones.</summary>
    public void WriteUnknown(ClaimObject value, bool canonical = false)
    {
        IEnumerable<KeyValuePair<string, JsonElement>> members = value.Unknown;
        foreach ((string name, JsonElement member) in canonical ? members.OrderBy(member => member.Key, Utf8Order.Instance) : members)
        {
            json.Name(name);
            json.Value(member, canonical);
        }
    }

    private void WriteTexts(ClaimList<string> values)
    {
        json.BeginArray();
        foreach (string value in values)
        {
            json.Text(value);
        }

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

    private void WriteList<T>(ClaimList<T> values)
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
