namespace NatsKeys.Files;

/// <summary>A node of a YAML document, with its position.</summary>
internal abstract class YamlNode(int line = 0, int column = 0)
{
    /// <summary>The line, from 1; 0 for a node that was not read.</summary>
    public int Line => line;

    /// <summary>The column, from 1.</summary>
    public int Column => column;

    /// <exception cref="NatsKeysException">It is not text.</exception>
    public string AsText() => this is YamlScalar scalar ? scalar.Text : throw YamlParser.Fault(this, "text is expected here");

    /// <exception cref="NatsKeysException">It is not a list.</exception>
    public List<YamlNode> AsList() => this is YamlSequence sequence ? sequence.Items : throw YamlParser.Fault(this, "a list is expected here");

    /// <exception cref="NatsKeysException">It is not a mapping.</exception>
    public YamlMapping AsMapping() => this as YamlMapping ?? throw YamlParser.Fault(this, "a mapping (names and values) is expected here");
}

/// <summary>A text, number, date or null.</summary>
internal sealed class YamlScalar(string text, bool isPlain, int line = 0, int column = 0) : YamlNode(line, column)
{
    public string Text => text;

    /// <summary>Whether it has no quotes, so that <c>true</c> or <c>1</c> may be read as a value of another type.</summary>
    public bool IsPlain => isPlain;

    public bool IsNull => isPlain && text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
internal sealed class YamlSequence(int line = 0, int column = 0) : YamlNode(line, column)
{
    public List<YamlNode> Items { get; } = [];

    /// <summary>Whether it is written on one line.</summary>
    public bool IsFlow { get; init; }
}

/// <summary>Names and values, in their order in the document.</summary>
internal sealed class YamlMapping(int line = 0, int column = 0) : YamlNode(line, column)
{
    private const int Few = 16;
    private readonly List<KeyValuePair<YamlScalar, YamlNode>> members = [];

    // An index for mappings with many members: an account may revoke thousands of users.
    private Dictionary<string, int>? places;

    public IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Members => members;

    /// <summary>Whether it is written on one line, between braces.</summary>
    public bool IsFlow { get; init; }

    public YamlNode? Find(string name) => PlaceOf(name) is >= 0 and int place ? members[place].Value : null;

    /// <summary>Returns the index of a member; -1 if it does not exist.</summary>
    public int PlaceOf(string name) => members.Count <= Few
        ? members.FindIndex(member => member.Key.Text == name)
        : (places ??= Places()).GetValueOrDefault(name, -1);

    public void Add(string name, YamlNode value) => Add(new YamlScalar(name, isPlain: false), value);

    public void Add(YamlScalar name, YamlNode value)
    {
        places?.TryAdd(name.Text, members.Count);
        members.Add(new(name, value));
    }

    private Dictionary<string, int> Places()
    {
        var found = new Dictionary<string, int>(members.Count, StringComparer.Ordinal);
        for (int place = 0; place < members.Count; place++)
        {
            found.TryAdd(members[place].Key.Text, place);
        }

        return found;
    }
}
