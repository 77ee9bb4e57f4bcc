namespace NatsKeys.Tests.Help;

/// <summary>The form of an example: which of its blocks run, and which the help shows.</summary>
public class HelpExampleFormTests
{
    private const string Setup = "```powershell setup\n$a = 1\n```";
    private const string Script = "```powershell\n$a\n```";
    private const string Output = "```output\n1\n```";

    [Fact]
    public void The_setup_is_not_shown_and_the_output_is()
    {
        HelpExample example = Read($"A number.\n\n{Setup}\n\n{Script}\n\n{Output}")!;

        Assert.Equal("$a = 1", example.Setup);
        Assert.Equal("$a\n\n1", example.Shown);
        Assert.Equal(["A number."], example.Remarks);
    }

    [Fact]
    public void An_example_needs_only_its_script()
    {
        HelpExample example = Read(Script)!;

        Assert.Equal("", example.Setup);
        Assert.Equal("$a", example.Shown);
    }

    [Theory]
    [InlineData(Setup)]
    [InlineData(Script + "\n\n" + Script)]
    [InlineData(Script + "\n\n" + Output + "\n\n" + Output)]
    [InlineData(Script + "\n\n```yaml\na: 1\n```")]
    public void An_example_has_one_script_and_one_output_at_most(string text) => Assert.Null(Read(text));

    [Fact]
    public void A_topic_does_not_show_the_setup_of_its_scripts()
    {
        AboutPage topic = AboutPage.Read("about_NatsKeys");
        MarkdownSection section = Assert.Single(topic.Sections, found => found.Blocks.Any(block => block.Language == MarkdownBlock.Setup));
        string setup = section.Blocks.First(block => block.Language == MarkdownBlock.Setup).Text;

        Assert.Contains(setup, AboutPage.ScriptOf(section), StringComparison.Ordinal);
        Assert.DoesNotContain(setup, AboutText.Write(topic), StringComparison.Ordinal);
    }

    /// <summary>Get-Help shows an example four columns further in, and breaks a line that is too long in the middle of a command.</summary>
    [Fact]
    public void A_line_of_an_example_fits_into_a_terminal() => Assert.All(
        HelpPage.Names.SelectMany(name => HelpPage.Read(name).Examples.SelectMany(example => example.Code.Split('\n')).Select(line => (name, line))),
        found => Assert.True(found.line.Length <= 115, $"{found.name}: {found.line}"));

    private static HelpExample? Read(string text) => HelpExample.Of(MarkdownSection.Parse($"# An example\n\n{text}\n"));
}
