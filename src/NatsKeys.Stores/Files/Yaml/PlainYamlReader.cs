using System.Buffers;

namespace NatsKeys.Files;

/// <summary>
/// Reads the form of YAML in which NatsKeys writes entity files. This takes a fraction of the time of a full YAML parser (2.9 us of CPU instead of
/// 14.5 for a user's file, warm), and the parser need not be compiled at startup.
/// All other text, valid or not, is left to the full parser. Both readers return the same result for the same text.
/// </summary>
internal sealed class PlainYamlReader
{
    private const string Item = "- ";
    private const int Step = 2;
    private const int MaximumIndent = 16;
    private const int MaximumNameLength = 100;
    private const int MaximumMembers = 32;

    private readonly string text;
    private int position;
    private int lineStart;
    private int line = 1;

    private PlainYamlReader(string text) => this.text = text;

    /// <summary>Reads a document; null if it is not of this form.</summary>
    public static YamlMapping? TryRead(string text)
    {
        var reader = new PlainYamlReader(text);
        YamlMapping? root = reader.TryReadMapping(indent: 0);
        return reader.position == text.Length ? root : null;
    }

    private int Column => position - lineStart + 1;

    /// <summary>Reads lines of one indentation up to a line with another. Returns null if there are none.</summary>
    private YamlMapping? TryReadMapping(int indent)
    {
        if (indent > MaximumIndent || !IsAt(indent, YamlCharacters.NameStart))
        {
            return null;
        }

        var mapping = new YamlMapping(line, indent + 1);
        while (IsAt(indent, YamlCharacters.NameStart))
        {
            position += indent;
            int column = Column;
            string name = Take(YamlCharacters.Name);
            if (name.Length > MaximumNameLength || mapping.Members.Count == MaximumMembers || mapping.Find(name) is not null || !Skip(':'))
            {
                return null;
            }

            var key = new YamlScalar(name, isPlain: true, line, column);
            YamlNode? value = EndLine() ? TryReadBelow(indent) : Skip(' ') ? TryReadValue() : null;
            if (value is null)
            {
                return null;
            }

            mapping.Add(key, value);
        }

        return mapping;
    }

    /// <summary>Reads the value on the lines below a name.</summary>
    private YamlNode? TryReadBelow(int indent) => IsAtItem(indent) ? TryReadSequence(indent) : TryReadMapping(indent + Step);

    private YamlSequence? TryReadSequence(int indent)
    {
        var sequence = new YamlSequence(line, indent + 1);
        while (IsAtItem(indent))
        {
            position += indent + Item.Length;
            if (TryReadScalar(YamlCharacters.Text) is not { } item || !EndLine())
            {
                return null;
            }

            sequence.Items.Add(item);
        }

        return sequence;
    }

    /// <summary>Reads a scalar or a list on one line, up to the end of the line.</summary>
    private YamlNode? TryReadValue()
    {
        YamlNode? value = IsAt(0, '[') ? TryReadFlow() : TryReadScalar(YamlCharacters.Text);
        return value is not null && EndLine() ? value : null;
    }

    private YamlSequence? TryReadFlow()
    {
        var sequence = new YamlSequence(line, Column);
        position++;
        while (!Skip(']'))
        {
            bool isNext = sequence.Items.Count == 0 || (Skip(',') && Skip(' '));
            if (!isNext || TryReadScalar(YamlCharacters.FlowText) is not { } item)
            {
                return null;
            }

            sequence.Items.Add(item);
        }

        return sequence;
    }

    private YamlScalar? TryReadScalar(SearchValues<char> plain)
    {
        int column = Column;
        if (Skip('\''))
        {
            string quoted = Take(YamlCharacters.Quoted);
            return Skip('\'') && !IsAt(0, '\'') ? new YamlScalar(quoted, isPlain: false, line, column) : null;
        }

        // A number may be negative.
        int start = position + (IsAt(0, '-') ? 1 : 0);
        if (start == text.Length || !YamlCharacters.TextStart.Contains(text[start]))
        {
            return null;
        }

        string value = Take(plain);
        return value[^1] == ':' ? null : new YamlScalar(value, isPlain: true, line, column);
    }

    private bool IsAtItem(int indent) => HasIndent(indent) && string.CompareOrdinal(text, position + indent, Item, 0, Item.Length) == 0;

    private bool IsAt(int offset, char character) => position + offset < text.Length && text[position + offset] == character;

    /// <summary>Whether one of some characters follows after an indentation.</summary>
    private bool IsAt(int indent, SearchValues<char> characters) =>
        position + indent < text.Length && characters.Contains(text[position + indent]) && HasIndent(indent);

    private bool HasIndent(int indent) => position + indent < text.Length && !text.AsSpan(position, indent).ContainsAnyExcept(' ');

    private bool Skip(char character)
    {
        bool isAt = IsAt(0, character);
        position += isAt ? 1 : 0;
        return isAt;
    }

    private bool EndLine()
    {
        if (!Skip('\n'))
        {
            return false;
        }

        line++;
        lineStart = position;
        return true;
    }

    private string Take(SearchValues<char> characters)
    {
        int length = text.AsSpan(position).IndexOfAnyExcept(characters);
        string taken = text.Substring(position, length < 0 ? text.Length - position : length);
        position += taken.Length;
        return taken;
    }
}
