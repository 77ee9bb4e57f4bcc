namespace NatsKeys.HelpGenerator;

/// <summary>A topic about more than one cmdlet, as it is written in <c>docs/cmdlets</c>.</summary>
internal sealed class AboutPage
{
    private const string Links = "See also";
    private readonly MarkdownSection page;

    private AboutPage(MarkdownSection page) => this.page = page;

    /// <summary>Gets the names of all topics.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(HelpPage.Folder, "about_*.md").Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Order(StringComparer.Ordinal),
    ];

    internal string Name => page.Title;

    internal string Synopsis => page.Blocks[0].Plain;

    /// <summary>Gets what follows the synopsis, before the first heading.</summary>
    internal IReadOnlyList<MarkdownBlock> Introduction => page.Blocks[1..];

    internal IReadOnlyList<MarkdownSection> Sections => [.. page.Sections.Where(section => section.Title != Links)];

    internal IReadOnlyList<string> SeeAlso => [.. page.Sections[^1].Blocks.Select(block => block.Plain)];

    /// <summary>Gets whether the last section is that of the links, and no other is.</summary>
    internal bool EndsWithLinks => page.Sections.Count(section => section.Title == Links) == 1 && page.Sections[^1].Title == Links;

    /// <summary>The file from which a topic is read.</summary>
    internal static string PathOf(string name) => Path.Combine(HelpPage.Folder, name + ".md");

    internal static AboutPage Read(string name) => new(MarkdownSection.Parse(File.ReadAllText(PathOf(name))));

    /// <summary>Adds a block to the end of a section.</summary>
    internal void Add(string section, MarkdownBlock block) => page.Sections.Single(found => found.Title == section).Blocks.Add(block);

    /// <summary>The scripts of a section, with its setup, as one script: a block uses what the blocks above it made.</summary>
    internal static string ScriptOf(MarkdownSection section) =>
        string.Join('\n', section.Blocks.Where(block => block.Language is MarkdownBlock.Script or MarkdownBlock.Setup).Select(block => block.Text));
}
