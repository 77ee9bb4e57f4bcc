namespace NatsKeys.HelpGenerator;

/// <summary>The page of a help topic in <c>docs/cmdlets</c>.</summary>
internal sealed class AboutPage
{
    internal const string Prefix = "about_";
    private const string Links = "See also";
    private readonly MarkdownSection page;

    private AboutPage(MarkdownSection page) => this.page = page;

    /// <summary>Gets the names of all topics.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(HelpPage.Folder, Prefix + "*.md").Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Order(StringComparer.Ordinal),
    ];

    internal string Name => page.Title;

    internal string Synopsis => page.Blocks[0].Plain;

    /// <summary>Gets the blocks between the synopsis and the first heading.</summary>
    internal IReadOnlyList<MarkdownBlock> Introduction => page.Blocks[1..];

    internal IReadOnlyList<MarkdownSection> Sections => [.. page.Sections.Where(section => section.Title != Links)];

    internal IReadOnlyList<string> SeeAlso => [.. page.Sections[^1].Blocks.Select(block => block.Plain)];

    /// <summary>Gets whether the last section, and no other, is the one with links.</summary>
    internal bool EndsWithLinks => page.Sections.Count(section => section.Title == Links) == 1 && page.Sections[^1].Title == Links;

    /// <summary>The file of a topic.</summary>
    internal static string PathOf(string name) => Path.Combine(HelpPage.Folder, name + ".md");

    internal static AboutPage Read(string name) => new(MarkdownSection.Parse(File.ReadAllText(PathOf(name))));

    /// <summary>Adds a block to the end of a section.</summary>
    internal void Add(string section, MarkdownBlock block) => page.Sections.Single(found => found.Title == section).Blocks.Add(block);

    /// <summary>Joins the scripts of a section and its setup, because later scripts use what earlier ones made.</summary>
    internal static string ScriptOf(MarkdownSection section) =>
        string.Join('\n', section.Blocks.Where(block => block.Language is MarkdownBlock.Script or MarkdownBlock.Setup).Select(block => block.Text));
}
