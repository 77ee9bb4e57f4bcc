using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Help;

public class MamlTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    private const string FileName = "NatsKeys.dll-Help.xml";

    [Fact]
    public void The_committed_help_is_what_the_pages_and_the_cmdlets_make() => GeneratedFile.Hold(
        Path.Combine(HelpPage.Folder, FileName), MamlDocument.Write(commands.All.Select(command => (command, HelpPage.Read(command.Name)))));

    [Fact]
    public void The_help_ships_and_its_pages_do_not()
    {
        Assert.True(File.Exists(Path.Combine(PowerShellSession.ModuleBin, "en-US", FileName)));
        Assert.Empty(Directory.EnumerateFiles(PowerShellSession.ModuleBin, "*.md", SearchOption.AllDirectories));
    }
}
