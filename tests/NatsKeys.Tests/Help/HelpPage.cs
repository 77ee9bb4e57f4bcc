using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Help;

/// <summary>The page of one cmdlet, as it is written in <c>src/NatsKeys/en-US/help</c>.</summary>
internal sealed class HelpPage
{
    private readonly MarkdownSection page;

    private HelpPage(MarkdownSection page) => this.page = page;

    /// <summary>Gets the folder of the help.</summary>
    internal static string Folder { get; } = Path.Combine(Path.GetDirectoryName(PowerShellSession.ManifestPath)!, "src", "NatsKeys", "en-US");

    /// <summary>Gets the names of all pages.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Folder, "help"), "*-*.md").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal),
    ];

    internal string Name => page.Title;

    internal string Synopsis => Assert.Single(page.Blocks).Plain;

    internal IReadOnlyList<MarkdownBlock> Description => Section("Description").Blocks;

    internal IReadOnlyList<MarkdownSection> Parameters => Section("Parameters").Sections;

    internal IReadOnlyList<MarkdownSection> Inputs => Section("Inputs").Sections;

    internal IReadOnlyList<MarkdownSection> Outputs => Section("Outputs").Sections;

    internal IReadOnlyList<HelpExample> Examples => [.. Section("Examples").Sections.Select(HelpExample.Of)];

    internal IReadOnlyList<MarkdownBlock> Errors => Section("Errors").Blocks;

    /// <summary>Gets the error ids, which stand before the colon of each item.</summary>
    internal IReadOnlyList<string> ErrorIds =>
    [
        .. Errors.Where(block => block.Kind == MarkdownBlockKind.Item)
            .SelectMany(block => MarkdownBlock.CodeIn(block.Text.Split(':')[0])),
    ];

    internal IReadOnlyList<string> Links => [.. Section("Related links").Blocks.Select(block => block.Plain)];

    /// <summary>Gets the headings, to see that none is missing, mistyped or in another order.</summary>
    internal IReadOnlyList<string> Headings => [.. page.Sections.Select(section => section.Title)];

    internal static HelpPage Read(string name) => new(MarkdownSection.Parse(File.ReadAllText(Path.Combine(Folder, "help", name + ".md"))));

    private MarkdownSection Section(string title) => Assert.Single(page.Sections, section => section.Title == title);
}
