using System.Globalization;
using System.Text;

namespace NatsKeys.Server;

/// <summary>Builds the text of a server configuration.</summary>
internal sealed class ConfigWriter
{
    private readonly StringBuilder text = new();
    private readonly Stack<int> margins = new([0]);

    /// <summary>The error for a configuration with which a server would not start, or would not do what is requested.</summary>
    public static NatsKeysException Refused(string message, Remedy? remedy = null) =>
        new(ErrorCode.InvalidServerConfig, message) { Remedy = remedy };

    /// <summary>Whether a text is a valid name for servers: not empty, and without spaces.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character));

    /// <summary>Writes a comment with a name in quotes. The name cannot end the comment.</summary>
    public void Comment(string kind, string name)
    {
        var quoted = new StringBuilder("\"");
        foreach (char character in name)
        {
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                _ when char.IsControl(character) || character is '\u2028' or '\u2029' =>
                    quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => quoted.Append(character),
            };
        }

        Line($"// {kind} {quoted.Append('"')}");
    }

    /// <summary>Writes a comment for readers of the file.</summary>
    public void Remark(string sentence) => Line($"// {sentence}");

    /// <summary>Writes an empty line.</summary>
    public void Line() => text.Append('\n');

    /// <summary>Begins a block.</summary>
    /// <param name="name">The name of the block.</param>
    /// <param name="indent">The indentation of its members.</param>
    public void Open(string name, int indent = 4)
    {
        Line($"{name} {{");
        margins.Push(margins.Peek() + indent);
    }

    /// <summary>Ends a block.</summary>
    public void Close()
    {
        margins.Pop();
        Line("}");
    }

    /// <summary>Begins a list of blocks.</summary>
    public void OpenList(string name)
    {
        Line($"{name}: [");
        margins.Push(margins.Peek() + 4);
    }

    /// <summary>Begins a block of a list.</summary>
    public void OpenItem()
    {
        Line("{");
        margins.Push(margins.Peek() + 4);
    }

    /// <summary>Ends a list.</summary>
    public void CloseList()
    {
        margins.Pop();
        Line("]");
    }

    /// <summary>Writes a member that is true; nothing if it is false.</summary>
    public void Flag(string name, bool isSet) => Member(name, isSet ? true : null);

    /// <summary>Writes a member whose value needs no quotes; nothing if the value is null.</summary>
    public void Member(string name, object? value)
    {
        if (value is not null)
        {
            string plain = value is bool flag ? flag ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
            Line($"{name}: {plain}");
        }
    }

    /// <summary>Writes a quoted text; nothing if it is null.</summary>
    public void Quoted(string name, string? value)
    {
        if (value is not null)
        {
            Line($"{name}: {Quote(value)}");
        }
    }

    /// <summary>Writes a duration in the largest unit that gives a whole number.</summary>
    public void Quoted(string name, TimeSpan value)
    {
        (long length, string unit)[] units = [(TimeSpan.TicksPerHour, "h"), (TimeSpan.TicksPerMinute, "m")];
        string duration = units
            .Where(unit => value.Ticks % unit.length == 0)
            .Select(unit => $"{value.Ticks / unit.length}{unit.unit}")
            .FirstOrDefault()
            ?? string.Create(CultureInfo.InvariantCulture, $"{(decimal)value.Ticks / TimeSpan.TicksPerSecond:0.#######}s");
        Line($"{name}: \"{duration}\"");
    }

    /// <summary>Writes a list of texts; nothing if it is empty.</summary>
    public void Quoted(string name, IReadOnlyCollection<string> values)
    {
        if (values.Count > 0)
        {
            Line($"{name}: [{string.Join(", ", values.Select(Quote))}]");
        }
    }

    /// <summary>The text of the configuration.</summary>
    public override string ToString() => text.ToString();

    private void Line(string line) => text.Append(' ', margins.Peek()).Append(line).Append('\n');

    /// <summary>Quotes a text. In double quotes, servers read backslashes as escapes, but no variables and no numbers with units.</summary>
    private static string Quote(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (char character in value)
        {
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                < ' ' or '\x7f' => quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}"),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }
}
