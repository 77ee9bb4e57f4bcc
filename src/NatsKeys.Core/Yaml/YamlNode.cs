namespace NatsKeys.Yaml;

/// <summary>A node of a YAML document, with the place where it stands.</summary>
internal abstract class YamlNode(int line = 0, int column = 0)
{
    /// <summary>The line, from 1; 0 for a node that was not read.</summary>
    public int Line => line;

    /// <summary>The column, from 1.</summary>
    public int Column => column;

    /// <exception cref="NatsKeysException">It is no text.</exception>
    public string AsText() => this is YamlScalar scalar ? scalar.Text : throw YamlText.Fault(this, "a text is expected here");

    /// <exception cref="NatsKeysException">It is no list.</exception>
    public List<YamlNode> AsList() => this is YamlSequence sequence ? sequence.Items : throw YamlText.Fault(this, "a list is expected here");

    /// <exception cref="NatsKeysException">It is no mapping.</exception>
    public YamlMapping AsMapping() => this as YamlMapping ?? throw YamlText.Fault(this, "names and values are expected here");
}

/// <summary>A text, number, date or null.</summary>
internal sealed class YamlScalar(string text, bool isPlain, int line = 0, int column = 0) : YamlNode(line, column)
{
    public string Text => text;

    /// <summary>Whether it stands without quotes, so that <c>true</c> or <c>1</c> may be more than a text.</summary>
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

/// <summary>Names and values, in the order in which they stand.</summary>
internal sealed class YamlMapping(int line = 0, int column = 0) : YamlNode(line, column)
{
    public List<KeyValuePair<YamlScalar, YamlNode>> Members { get; } = [];

    /// <summary>Whether it is written on one line, between braces.</summary>
    public bool IsFlow { get; init; }

    public YamlNode? Find(string name) => Members.Find(member => member.Key.Text == name).Value;

    public void Add(string name, YamlNode value) => Members.Add(new(new YamlScalar(name, isPlain: false), value));
}
