namespace NatsKeys.HelpGenerator;

/// <summary>An example of a page.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Code">The script.</param>
/// <param name="Remarks">What there is to say about it.</param>
internal sealed record HelpExample(string Title, string Code, IReadOnlyList<string> Remarks)
{
    /// <summary>Reads an example; null where it has no script, or more than one.</summary>
    internal static HelpExample? Of(MarkdownSection section) => section.Blocks.Count(block => block.Kind == MarkdownBlockKind.Code) != 1
        ? null
        : new HelpExample(
            section.Title,
            section.Blocks.Single(block => block.Kind == MarkdownBlockKind.Code).Text,
            [.. section.Blocks.Where(block => block.Kind != MarkdownBlockKind.Code).Select(block => block.Plain)]);
}
