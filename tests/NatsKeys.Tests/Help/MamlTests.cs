using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Help;

public class MamlTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    private const string UpdateVariable = "NATSKEYS_UPDATE_HELP";
    private static readonly string FilePath = Path.Combine(HelpPage.Folder, "NatsKeys.dll-Help.xml");

    [Fact]
    public void The_committed_help_is_what_the_pages_and_the_cmdlets_make()
    {
        string expected = MamlDocument.Write(commands.All.Select(command => (command, HelpPage.Read(command.Name))));
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(FilePath, expected);
            return;
        }

        string committed = File.Exists(FilePath) ? File.ReadAllText(FilePath).ReplaceLineEndings("\n") : "";
        Assert.True(
            expected == committed,
            $"{FilePath} is not what the pages in {Path.Combine(HelpPage.Folder, "help")} and the cmdlets make. {FirstDifference(expected, committed)}" +
            $"Run the tests once with {UpdateVariable}=1, build, and commit the file.");
    }

    [Fact]
    public void The_help_ships_and_its_pages_do_not()
    {
        Assert.True(File.Exists(Path.Combine(PowerShellSession.ModuleBin, "en-US", "NatsKeys.dll-Help.xml")));
        Assert.Empty(Directory.EnumerateFiles(PowerShellSession.ModuleBin, "*.md", SearchOption.AllDirectories));
    }

    private static string FirstDifference(string expected, string committed)
    {
        string[] wanted = expected.Split('\n');
        string[] found = committed.Split('\n');
        int line = wanted.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"Line {line + 1} should be '{wanted.ElementAtOrDefault(line)?.Trim()}' and is '{found.ElementAtOrDefault(line)?.Trim()}'. ";
    }
}
