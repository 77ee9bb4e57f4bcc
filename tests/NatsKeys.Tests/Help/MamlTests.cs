using System.Globalization;
using System.Xml.Linq;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Help;

public class MamlTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    private static readonly string BuiltFile = Path.Combine(PowerShellSession.ModuleBin, "en-US", "NatsKeys.dll-Help.xml");

    [Fact]
    public void The_build_left_what_the_pages_and_the_cmdlets_of_the_imported_module_make() => BuiltHelp.Holds(
        BuiltFile, MamlDocument.Write(commands.All.Select(command => (command, HelpPage.Read(command.Name))), address: null));

    /// <summary>The engine opens the first link of a page.</summary>
    [Theory]
    [InlineData("https://example.com/natskeys/", "https://example.com/natskeys/blob/main/docs/cmdlets/{0}.md")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void With_the_address_of_the_project_every_page_opens_online(string? address, string first)
    {
        var help = XDocument.Parse(MamlDocument.Write(commands.All.Select(command => (command, HelpPage.Read(command.Name))), address));
        Assert.Equal(
            commands.All.Select(command => string.Format(CultureInfo.InvariantCulture, first, command.Name)),
            help.Descendants(MamlNames.Command + "relatedLinks").Select(links => links.Descendants(MamlNames.Maml + "uri").First().Value));
    }

    [Fact]
    public void What_a_parameter_takes_is_shown_and_not_the_class_that_collects_it()
    {
        string help = File.ReadAllText(BuiltFile);
        Assert.Contains(">NatsCredential|NatsUser|FileInfo|String<", help, StringComparison.Ordinal);
        Assert.DoesNotContain("Argument<", help, StringComparison.Ordinal);
        Assert.DoesNotContain("Argument[]<", help, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pages_do_not_ship() => Assert.Empty(Directory.EnumerateFiles(PowerShellSession.ModuleBin, "*.md", SearchOption.AllDirectories));
}
