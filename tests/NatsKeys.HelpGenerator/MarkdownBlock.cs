using System.Text.RegularExpressions;

namespace NatsKeys.HelpGenerator;

/// <summary>What a block of a page is.</summary>
internal enum MarkdownBlockKind
{
    Paragraph,
    Item,
    Table,
    Code,
}

/// <summary>A paragraph, an item of a list, a table, or a block of code.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text as it is written, on one line unless it is a table or code.</param>
/// <param name="Language">The language that a block of code names.</param>
internal sealed partial record MarkdownBlock(MarkdownBlockKind Kind, string Text, string Language = "")
{
    /// <summary>The language of a script that a reader may type.</summary>
    internal const string Script = "powershell";

    /// <summary>The language of a script that makes what the shown scripts need. Tests run it first; the help does not show it.</summary>
    internal const string Setup = "powershell setup";

    /// <summary>The language of a block that shows what a script prints.</summary>
    internal const string Output = "output";

    /// <summary>Gets the text for a console: links by their words alone, and no backticks.</summary>
    internal string Plain => Kind == MarkdownBlockKind.Code ? Text : PlainOf(Text);

    /// <summary>Gets the rows of a table as they are written, that of the headings first.</summary>
    internal IReadOnlyList<string[]> Rows =>
    [
        .. Text.Split('\n').Where((_, line) => line != 1).Select(line => CellEnd().Split(line.Trim()[1..^1])
            .Select(cell => cell.Replace("\\|", "|", StringComparison.Ordinal).Trim()).ToArray()),
    ];

    /// <summary>The text of a cell or a block for a console.</summary>
    internal static string PlainOf(string text) => Link().Replace(text, "$1").Replace("`", "", StringComparison.Ordinal);

    /// <summary>What stands between backticks in a text.</summary>
    internal static IEnumerable<string> CodeIn(string text) => Quoted().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellEnd();
}
