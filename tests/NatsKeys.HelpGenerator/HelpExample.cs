namespace NatsKeys.HelpGenerator;

/// <summary>An example of a page.</summary>
/// <param name="Title">The title.</param>
/// <param name="Setup">The hidden script that runs before it, or an empty text.</param>
/// <param name="Code">The script.</param>
/// <param name="Output">The output of the script, or an empty text if the page does not show it.</param>
/// <param name="Remarks">The sentences about it.</param>
internal sealed record HelpExample(string Title, string Setup, string Code, string Output, IReadOnlyList<string> Remarks)
{
    /// <summary>Gets the script with its output below it, as in a console.</summary>
    internal string Shown => Output.Length == 0 ? Code : $"{Code}\n\n{Output}";

    /// <summary>
    /// Reads an example; null if it does not have exactly one script, has several outputs, or has a code block in another language.
    /// </summary>
    internal static HelpExample? Of(MarkdownSection section)
    {
        ILookup<string, string> code = section.Blocks.Where(block => block.Kind == MarkdownBlockKind.Code)
            .ToLookup(block => block.Language, block => block.Text);
        bool isKnown = code.All(blocks => blocks.Key is MarkdownBlock.Script or MarkdownBlock.Setup or MarkdownBlock.Output);
        return !isKnown || code[MarkdownBlock.Script].Count() != 1 || code[MarkdownBlock.Output].Count() > 1
            ? null
            : new HelpExample(
                section.Title,
                string.Join('\n', code[MarkdownBlock.Setup]),
                code[MarkdownBlock.Script].Single(),
                code[MarkdownBlock.Output].SingleOrDefault(""),
                [.. section.Blocks.Where(block => block.Kind != MarkdownBlockKind.Code).Select(block => block.Plain)]);
    }
}
