using System.Text.RegularExpressions;

namespace NatsKeys.Tests.Help;

/// <summary>What a block of a page is.</summary>
internal enum MarkdownBlockKind
{
    Paragraph,
    Item,
    Code,
}

/// <summary>A paragraph, an item of a list, or a block of code.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text as it is written, on one line unless it is code.</param>
internal sealed partial record MarkdownBlock(MarkdownBlockKind Kind, string Text)
{
    /// <summary>Gets the text for a console: links by their words alone, and no backticks.</summary>
    internal string Plain => Kind == MarkdownBlockKind.Code ? Text : Link().Replace(Text, "$1").Replace("`", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();
}
