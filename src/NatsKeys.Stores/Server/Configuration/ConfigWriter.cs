using System.Globalization;
using System.Text;

namespace NatsKeys.Server;

/// <summary>Builds the text of a server configuration.</summary>
internal sealed class ConfigWriter
{
    private readonly StringBuilder text = new();
    private readonly Stack<int> margins = new([0]);

    /// <summary>The error of a configuration that a server would not start with, or that would not do what was asked for.</summary>
    public static NatsKeysException Refused(string message, Remedy? remedy = null) =>
        new(ErrorCode.InvalidServerConfig, message) { Remedy = remedy };

    /// <summary>Whether a text is a name for servers: not empty, and without spaces.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character));

    /// <summary>A comment that names something, in quotes. No name may break out of it.</summary>
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

    /// <summary>A comment for whoever reads the file.</summary>
    public void Remark(string sentence) => Line($"// {sentence}");

    /// <summary>An empty line.</summary>
    public void Line() => text.Append('\n');

    /// <summary>Begins a block.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="indent">How far its members are indented.</param>
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

    /// <summary>A member that is true; none where it is not.</summary>
    public void Flag(string name, bool isSet) => Member(name, isSet ? true : null);

    /// <summary>A member whose value needs no quotes; none without a value.</summary>
    public void Member(string name, object? value)
    {
        if (value is not null)
        {
            string plain = value is bool flag ? flag ? "true" : "false" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
            Line($"{name}: {plain}");
        }
    }

    /// <summary>A text in quotes; no member without one.</summary>
    public void Quoted(string name, string? value)
    {
        if (value is not null)
        {
            Line($"{name}: {Quote(value)}");
        }
    }

    /// <summary>A duration in the largest unit that it is a whole number of.</summary>
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

    /// <summary>A list of texts; none where it is empty.</summary>
    public void Quoted(string name, IReadOnlyCollection<string> values)
    {
        if (values.Count > 0)
        {
            Line($"{name}: [{string.Join(", ", values.Select(Quote))}]");
        }
    }

    /// <summary>What was built.</summary>
    public override string ToString() => text.ToString();

    private void Line(string line) => text.Append(' ', margins.Peek()).Append(line).Append('\n');

    /// <summary>In double quotes a server takes backslashes for escapes, and nothing for a variable or a number with a unit.</summary>
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
