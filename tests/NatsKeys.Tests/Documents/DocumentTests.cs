using NatsKeys.Tests.Help;

namespace NatsKeys.Tests.Documents;

/// <summary>What the pages of the repository say of the module is so.</summary>
public class DocumentTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    public static TheoryData<string> Documents => [.. Document.Names];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_cmdlet_that_is_named_exists(string name) =>
        Assert.Empty(Document.Read(name).Cmdlets.Except(commands.All.Select(command => command.Name)));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_parameter_that_a_cmdlet_is_given_exists(string name) => Assert.All(
        Document.Read(name).Code.SelectMany(Document.CallsIn),
        call => Assert.All(call.Parameters, parameter =>
            Assert.True(ModuleCommands.Takes(commands.Named(call.Cmdlet), parameter), $"{call.Cmdlet} has no parameter -{parameter}.")));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_somewhere(string name)
    {
        Document document = Document.Read(name);
        Assert.All(document.Links, link => Assert.True(document.Leads(link), $"{name} links to {link}, which is not there."));
    }

    [Fact]
    public void The_readme_has_every_cmdlet_in_its_table() =>
        Assert.Equal(commands.All.Select(command => command.Name), FirstCells("Cmdlets").Order(StringComparer.Ordinal));

    [Fact]
    public void The_readme_has_every_example_in_its_table() => Assert.Equal(
        Directory.EnumerateFiles(Path.Combine(Document.Root, "examples"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Document.Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
        FirstCells("Examples").Order(StringComparer.Ordinal));

    /// <summary>What stands between backticks in the first column of a section's table.</summary>
    private static IEnumerable<string> FirstCells(string section) =>
        Assert.Single(Document.Read("README.md").Page.All, found => found.Title == section)
        .Blocks.Single(block => block.Kind == MarkdownBlockKind.Table).Rows.Skip(1).SelectMany(row => MarkdownBlock.CodeIn(row[0]));
}
