using System.Text.RegularExpressions;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Help;

/// <summary>What a user sees. After a change of the help the module must be built before this sees it.</summary>
public partial class GetHelpTests : IClassFixture<ModuleCommands>
{
    private readonly ModuleCommands commands;

    public GetHelpTests(ModuleCommands commands)
    {
        this.commands = commands;

        // Lines are broken in the middle of words where the culture is none that the engine knows how to break.
        commands.Session.Columns = 10_000;
    }

    public static TheoryData<string> Pages => [.. HelpPage.Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Get_Help_shows_the_page(string name)
    {
        HelpPage page = HelpPage.Read(name);

        string text = Flat(commands.Session.RunText("Get-Help $name -Full", ("name", name)));

        Assert.Contains(Flat(page.Synopsis), text, StringComparison.Ordinal);
        Assert.All(page.Description, block => Assert.Contains(Flat(block.Marked), text, StringComparison.Ordinal));
        Assert.All(page.Parameters.SelectMany(section => section.Blocks), block =>
            Assert.Contains(Flat(block.Plain), text, StringComparison.Ordinal));
        Assert.All(page.Outputs, output => Assert.Contains(output.Title, text, StringComparison.Ordinal));
        Assert.All(page.Examples, example => Assert.Contains(Flat(example.Shown), text, StringComparison.Ordinal));
        Assert.All(page.Errors, block => Assert.Contains(Flat(block.Plain), text, StringComparison.Ordinal));
        Assert.All(page.Links, link => Assert.Contains(link, text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Get_Help_shows_each_parameter_set(string name)
    {
        string syntax = commands.Session.RunText("(Get-Help $name).Syntax", ("name", name));

        Assert.Equal(commands.Named(name).ParameterSets.Count, Regex.Count(syntax, $"^{name} ", RegexOptions.Multiline));
        Assert.All(
            ModuleCommands.OwnParameters(commands.Named(name)),
            parameter => Assert.Contains($"-{parameter.Name}", syntax, StringComparison.Ordinal));
    }

    [Fact]
    public void The_name_of_the_module_opens_the_topic_about_it() => Assert.Equal(
        commands.Session.RunText("Get-Help about_NatsKeys"), commands.Session.RunText("Get-Help NatsKeys"));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Get_Help_finds_each_parameter_by_its_name(string name)
    {
        IEnumerable<string> wanted = HelpPage.Read(name).Parameters.Select(section => section.Title.TrimStart('-'));

        RunResult result = commands.Session.Run("Get-Help $name -Parameter * | ForEach-Object Name", ("name", name));

        Assert.Empty(result.Errors);
        Assert.Empty(wanted.Except(result.Output.Select(parameter => parameter.ToString())));
    }

    /// <summary>The text without its line breaks and indents.</summary>
    private static string Flat(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
