using NatsKeys.Files;

namespace NatsKeys.Store;

/// <summary>
/// Applies changes to a document that a person wrote, and leaves every other line as it is, with comments, order, quotes and spaces. It works line by
/// line in block style. A value in flow style, on one line, is rewritten as a whole.
/// </summary>
internal sealed class YamlPatch
{
    private readonly string[] lines;
    private readonly List<string> result = [];

    private YamlPatch(string[] lines) => this.lines = lines;

    /// <summary>Applies the differences between two states of the content to the text; null if the form of the text is not supported.</summary>
    /// <param name="text">The text.</param>
    /// <param name="before">The content of the text, as it would be written.</param>
    /// <param name="after">The new content, as it would be written.</param>
    public static string? Apply(string text, YamlMapping before, YamlMapping after)
    {
        YamlMapping root = YamlParser.Parse(text);
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        if (root.IsFlow
            || root.Members.Count == 0
            || lines.Any(line => line.StartsWith("---", StringComparison.Ordinal) || line.StartsWith("...", StringComparison.Ordinal)))
        {
            return null;
        }

        var patch = new YamlPatch(lines);
        int end = lines.Length > 0 && lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        patch.Copy(0, root.Members[0].Key.Line - 1);
        patch.Mapping(root, before, after, end);
        string patched = string.Join('\n', patch.result) + "\n";
        return text.Contains("\r\n", StringComparison.Ordinal) ? patched.ReplaceLineEndings("\r\n") : patched;
    }

    /// <summary>Whether two nodes have the same content, however they are written.</summary>
    private static bool AreSame(YamlNode? left, YamlNode? right) => (left, right) switch
    {
        (null, null) => true,
        (YamlScalar one, YamlScalar other) => one.Text == other.Text && one.IsNull == other.IsNull,
        (YamlSequence one, YamlSequence other) =>
            one.Items.Count == other.Items.Count && one.Items.Zip(other.Items).All(pair => AreSame(pair.First, pair.Second)),
        (YamlMapping one, YamlMapping other) =>
            one.Members.Count == other.Members.Count && one.Members.All(member => AreSame(member.Value, other.Find(member.Key.Text))),
        _ => false,
    };

    private void Mapping(YamlMapping raw, YamlMapping before, YamlMapping after, int end)
    {
        int indent = raw.Members[0].Key.Column - 1;
        var waiting = after.Members.Select(member => member.Key.Text).Where(name => raw.PlaceOf(name) < 0).ToHashSet(StringComparer.Ordinal);
        for (int index = 0; index < raw.Members.Count; index++)
        {
            (YamlScalar name, YamlNode value) = raw.Members[index];
            int start = BlockStart(name, floor: index == 0 ? name.Line - 1 : raw.Members[index - 1].Key.Line);
            int next = index + 1 < raw.Members.Count ? BlockStart(raw.Members[index + 1].Key, floor: name.Line) : end;
            Member(name, value, before.Find(name.Text), after.Find(name.Text), index == 0 ? name.Line - 1 : start, next);

            // A new member goes after the member that it follows in the new content.
            for (int place = after.PlaceOf(name.Text);
                place >= 0 && place + 1 < after.Members.Count && waiting.Remove(after.Members[place + 1].Key.Text);
                place++)
            {
                Render(after.Members[place + 1].Key.Text, after.Members[place + 1].Value, indent);
            }
        }

        foreach ((YamlScalar name, YamlNode value) in after.Members.Where(member => waiting.Contains(member.Key.Text)))
        {
            Render(name.Text, value, indent);
        }
    }

    private void Member(YamlScalar name, YamlNode raw, YamlNode? before, YamlNode? after, int start, int end)
    {
        int keyLine = name.Line - 1;
        if (AreSame(before, after))
        {
            Copy(start, end);
        }
        else if (after is YamlMapping { Members.Count: > 0 } wanted && raw is YamlMapping { IsFlow: false, Members.Count: > 0 } block)
        {
            Copy(start, block.Members[0].Key.Line - 1);
            Mapping(block, before as YamlMapping ?? new YamlMapping(), wanted, end);
        }
        else if (after is not null)
        {
            Copy(start, keyLine);
            int from = result.Count;
            Render(name.Text, after, name.Column - 1);
            if (end == keyLine + 1 && result.Count == from + 1)
            {
                result[from] += Remark(lines[keyLine]);
            }
        }
    }

    /// <summary>Finds the first line that belongs to a member. Comments right above the member belong to it.</summary>
    private int BlockStart(YamlScalar name, int floor)
    {
        int start = name.Line - 1;
        while (start > floor && (lines[start - 1].Trim().Length == 0 || IsRemark(lines[start - 1], name.Column - 1)))
        {
            start--;
        }

        return start;
    }

    /// <summary>Whether a line is a comment. Lines with a deeper indent that look like comments may be part of the scalar above.</summary>
    private static bool IsRemark(string line, int indent) => line.TrimStart().StartsWith('#') && line.Length - line.TrimStart().Length <= indent;

    /// <summary>
    /// Returns the comment behind a value. If this is wrong because the value contains a "#", the result differs from the requested content, and the
    /// caller discards it.
    /// </summary>
    private static string Remark(string line)
    {
        int at = line.LastIndexOf(" #", StringComparison.Ordinal);
        return at < 0 ? "" : line[at..].TrimEnd();
    }

    private void Render(string name, YamlNode value, int indent)
    {
        var single = new YamlMapping();
        single.Add(name, value);
        int place = result.FindLastIndex(line => line.Trim().Length > 0) + 1;
        result.InsertRange(place, YamlWriter.Write(single).TrimEnd('\n').Split('\n').Select(line => new string(' ', indent) + line));
    }

    private void Copy(int start, int end) => result.AddRange(lines[start..Math.Max(start, end)]);
}
