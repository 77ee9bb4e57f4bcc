using System.Globalization;
using System.Text;

namespace NatsKeys.Inspection;

/// <summary>Builds the text of a Mermaid flowchart.</summary>
internal sealed class MermaidWriter
{
    /// <summary>The style class of nodes that servers refuse.</summary>
    public const string Refused = "refused";

    /// <summary>The style class of nodes that are not signed or not valid yet.</summary>
    public const string Unready = "unready";

    /// <summary>The style class of exports that need an activation.</summary>
    public const string Private = "private";

    /// <summary>The style class of nodes that are not in the store.</summary>
    public const string Outside = "outside";

    // Colors have names and no numbers: some versions of Mermaid search the whole line for # signs.
    private static readonly (string Name, string Style)[] Styles =
    [
        (Refused, "stroke:crimson,stroke-width:3px"),
        (Unready, "stroke:darkorange,stroke-width:3px"),
        (Private, "stroke-dasharray:5 5"),
        (Outside, "stroke-dasharray:2 4"),
    ];

    private readonly StringBuilder text = new("flowchart LR\n");
    private readonly List<string> links = [];
    private readonly List<int> refusedLinks = [];
    private readonly Dictionary<string, List<string>> members = new(StringComparer.Ordinal);
    private int depth = 1;

    /// <summary>Begins a box around other nodes.</summary>
    public void Begin(string id, string label, string? style)
    {
        Line($"subgraph {id}[\"{label}\"]");
        Belong(id, style);
        depth++;
    }

    /// <summary>Ends the box.</summary>
    public void End()
    {
        depth--;
        Line("end");
    }

    /// <summary>Adds a node, in the shape of the brackets.</summary>
    public void Node(string id, string label, (string Open, string Close) shape, string? style)
    {
        Line($"{id}{shape.Open}\"{label}\"{shape.Close}");
        Belong(id, style);
    }

    /// <summary>The number of arrows.</summary>
    public int Links => links.Count;

    /// <summary>Adds an arrow, or a line without a direction.</summary>
    public void Link(string from, string arrow, string to, string? label = null) =>
        links.Add(label is null ? $"{from} {arrow} {to}" : $"{from} {arrow}|\"{label}\"| {to}");

    /// <summary>Adds an arrow for an import that servers do not connect to its export.</summary>
    public void RefusedLink(string from, string arrow, string to, string fault)
    {
        refusedLinks.Add(links.Count);
        Link(from, arrow, to, fault);
    }

    /// <summary>
    /// Escapes text for a label, in which Mermaid reads quotes, entities, comments, directives and Markdown. Characters other than letters, digits
    /// and common punctuation become entities with their numbers, line breaks become spaces, and invisible characters are spelled out.
    /// </summary>
    public static string Escape(string label)
    {
        var escaped = new StringBuilder();
        foreach (Rune rune in label.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029)
            {
                escaped.Append(' ');
            }
            else if (TextSanitizer.Clean(rune.ToString()) is var shown && shown.Length > rune.Utf16SequenceLength)
            {
                escaped.Append(Escape(shown));
            }
            else if (rune.Value > 0x7f || Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '.' or '-' or '_' or '/' or '(' or ')' or ',')
            {
                escaped.Append(rune);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
            }
        }

        return escaped.ToString();
    }

    /// <summary>The complete chart.</summary>
    public override string ToString()
    {
        foreach (string link in links)
        {
            Line(link);
        }

        foreach ((string name, string style) in Styles.Where(style => members.ContainsKey(style.Name)))
        {
            Line($"classDef {name} {style}");
            Line($"class {string.Join(',', members[name])} {name}");
        }

        if (refusedLinks.Count > 0)
        {
            Line($"linkStyle {string.Join(',', refusedLinks)} {Styles[0].Style}");
        }

        return text.ToString();
    }

    private void Line(string line) => text.Append(' ', 2 * depth).Append(line).Append('\n');

    private void Belong(string id, string? style)
    {
        if (style is not null)
        {
            (members.TryGetValue(style, out List<string>? ids) ? ids : members[style] = []).Add(id);
        }
    }
}
