using System.Text.RegularExpressions;

namespace NatsKeys.HelpGenerator;

/// <summary>The kind of a block.</summary>
internal enum MarkdownBlockKind
{
    Paragraph,
    Item,
    Table,
    Code,
}

/// <summary>A paragraph, an item of a list, a table, or a block of code.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Text">The text as written, on one line unless it is a table or code.</param>
/// <param name="Language">The language of a code block.</param>
internal sealed partial record MarkdownBlock(MarkdownBlockKind Kind, string Text, string Language = "")
{
    /// <summary>The language of a script that readers may type.</summary>
    internal const string Script = "powershell";

    /// <summary>The language of a setup script. Tests run it before the scripts that are shown, and the help does not show it.</summary>
    internal const string Setup = "powershell setup";

    /// <summary>The language of a block with a script's output.</summary>
    internal const string Output = "output";

    /// <summary>Gets the text for a console, without backticks and link targets.</summary>
    internal string Plain => Kind == MarkdownBlockKind.Code ? Text : PlainOf(Text);

    /// <summary>Gets the text of a paragraph or an item among paragraphs: a dash marks the item.</summary>
    internal string Marked => Kind == MarkdownBlockKind.Item ? $"- {Plain}" : Plain;

    /// <summary>Gets the rows of a table as written, beginning with the headings.</summary>
    internal IReadOnlyList<string[]> Rows =>
    [
        .. Text.Split('\n').Where((_, line) => line != 1).Select(line => CellEnd().Split(line.Trim()[1..^1])
            .Select(cell => cell.Replace("\\|", "|", StringComparison.Ordinal).Trim()).ToArray()),
    ];

    /// <summary>The text of a cell or a block for a console.</summary>
    internal static string PlainOf(string text) => Link().Replace(text, "$1").Replace("`", "", StringComparison.Ordinal);

    /// <summary>The texts between backticks.</summary>
    internal static IEnumerable<string> CodeIn(string text) => Quoted().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellEnd();
}
