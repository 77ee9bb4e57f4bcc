using NatsKeys.Shell;

namespace NatsKeys.HelpGenerator;

/// <summary>The page of one cmdlet in <c>docs/cmdlets</c>.</summary>
internal sealed class HelpPage
{
    private readonly MarkdownSection page;

    private HelpPage(MarkdownSection page) => this.page = page;

    /// <summary>Gets the folder of the pages.</summary>
    internal static string Folder { get; } =
        Path.Combine(Path.GetDirectoryName(ModuleLocator.FindManifest(AppContext.BaseDirectory))!, "docs", "cmdlets");

    /// <summary>Gets the names of all pages.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*-*.md").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal),
    ];

    internal string Name => page.Title;

    internal string Synopsis => page.Blocks is [var only] ? only.Plain : throw Faulty("begins with more or less than one paragraph");

    /// <summary>Gets the syntax, one line for each parameter set. The generator writes it.</summary>
    internal IReadOnlyList<string> Syntax => [.. Section("Syntax").Blocks.Select(block => block.Text)];

    internal IReadOnlyList<MarkdownBlock> Description => Section("Description").Blocks;

    internal IReadOnlyList<MarkdownSection> Parameters => Section("Parameters").Sections;

    internal IReadOnlyList<MarkdownSection> Inputs => Section("Inputs").Sections;

    internal IReadOnlyList<MarkdownSection> Outputs => Section("Outputs").Sections;

    internal IReadOnlyList<HelpExample> Examples =>
    [
        .. Section("Examples")
            .Sections.Select(section => HelpExample.Of(section) ?? throw Faulty($"needs exactly one script in the example '{section.Title}'")),
    ];

    /// <summary>Gets the hidden script that every example of the page needs, or an empty text.</summary>
    internal string Setup => Section("Examples").Blocks switch
    {
        [] => "",
        [{ Language: MarkdownBlock.Setup } only] => only.Text,
        _ => throw Faulty("has something other than one setup above its first example"),
    };

    internal IReadOnlyList<MarkdownBlock> Errors => Section("Errors").Blocks;

    /// <summary>Gets the error IDs, which are before the colons of the items.</summary>
    internal IReadOnlyList<string> ErrorIds =>
    [
        .. Errors.Where(block => block.Kind == MarkdownBlockKind.Item)
            .SelectMany(block => MarkdownBlock.CodeIn(block.Text.Split(':')[0])),
    ];

    internal IReadOnlyList<string> Links => [.. Section("Related links").Blocks.Select(block => block.Plain)];

    /// <summary>Gets the headings, to check that none is missing, misspelled or out of order.</summary>
    internal IReadOnlyList<string> Headings => [.. page.Sections.Select(section => section.Title)];

    internal static HelpPage Read(string name) => new(MarkdownSection.Parse(File.ReadAllText(PathOf(name))));

    /// <summary>Replaces the syntax of a cmdlet in its page.</summary>
    internal static void WriteSyntax(string name, IEnumerable<string> sets)
    {
        string text = File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n");
        int end = text.IndexOf("\n## Description\n", StringComparison.Ordinal);
        int start = text.IndexOf("\n## Syntax\n", StringComparison.Ordinal) is >= 0 and var found ? found : end;
        string section = "\n## Syntax\n\n" + string.Join('\n', sets.Select(set => $"```syntax\n{set}\n```\n"));
        File.WriteAllText(PathOf(name), text[..start] + section + text[end..]);
    }

    private static string PathOf(string name) => Path.Combine(Folder, name + ".md");

    private MarkdownSection Section(string title) =>
        page.Sections.SingleOrDefault(section => section.Title == title) ?? throw Faulty($"has not one section '{title}'");

    private HelpPageException Faulty(string what) => new(PathOf(Name), $"The page {what}.");
}
