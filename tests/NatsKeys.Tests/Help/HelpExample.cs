namespace NatsKeys.Tests.Help;

/// <summary>An example of a page.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Code">The script.</param>
/// <param name="Remarks">What there is to say about it.</param>
internal sealed record HelpExample(string Title, string Code, IReadOnlyList<string> Remarks)
{
    internal static HelpExample Of(MarkdownSection section) => new(
        section.Title,
        Assert.Single(section.Blocks, block => block.Kind == MarkdownBlockKind.Code).Text,
        [.. section.Blocks.Where(block => block.Kind != MarkdownBlockKind.Code).Select(block => block.Plain)]);
}
