using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Documents;

/// <summary>A page for people in the repository, and what it says about the module.</summary>
internal sealed partial class Document
{
    private readonly string path;

    private Document(string path)
    {
        this.path = path;
        Text = File.ReadAllText(path);
        Page = MarkdownSection.Parse(Text);
    }

    /// <summary>Gets the folder of the repository.</summary>
    internal static string Root => Path.GetDirectoryName(PowerShellSession.ManifestPath)!;

    /// <summary>Gets the pages, by their paths in the repository.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md",
        .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Select(path => $"docs/{Path.GetFileName(path)}")
            .Order(StringComparer.Ordinal),
        .. AboutPage.Names.Select(name => Path.GetRelativePath(Root, AboutPage.PathOf(name)).Replace('\\', '/')),
    ];

    internal string Text { get; }

    internal MarkdownSection Page { get; }

    /// <summary>Gets the names that look like those of cmdlets.</summary>
    internal IEnumerable<string> Cmdlets => CmdletName().Matches(Text).Select(match => match.Value).Distinct();

    /// <summary>Gets what stands between backticks, and the scripts.</summary>
    internal IEnumerable<string> Code => Page.All.SelectMany(section => section.Blocks)
        .SelectMany(block =>
            block.Kind != MarkdownBlockKind.Code ? MarkdownBlock.CodeIn(block.Text) : block.Language == "powershell" ? [block.Text] : []);

    /// <summary>Gets the links to other files, as they are written.</summary>
    internal IEnumerable<string> Links =>
        Target().Matches(Text).Select(match => match.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal));

    internal static Document Read(string name) => new(Path.Combine(Root, name));

    /// <summary>The calls of cmdlets in a piece of code, with the names of the parameters that they have.</summary>
    internal static IEnumerable<(string Cmdlet, string[] Parameters)> CallsIn(string code) => Parser.ParseInput(code, out _, out _)
        .FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true)
        .Cast<CommandAst>()
        .Where(command => CmdletName().IsMatch(command.GetCommandName() ?? ""))
        .Select(command => (command.GetCommandName(),
            command.CommandElements.OfType<CommandParameterAst>().Select(parameter => parameter.ParameterName).ToArray()));

    /// <summary>Whether a link leads to a file, or to a heading of this page.</summary>
    internal bool Leads(string link) => link[0] == '#'
        ? Page.All.Any(section => NoAnchor().Replace(section.Title.ToLowerInvariant(), "").Replace(' ', '-') == link[1..])
        : Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, link));

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+-Nats[A-Z]\w*\b(?!\.ps1)")]
    private static partial Regex CmdletName();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Target();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();
}
