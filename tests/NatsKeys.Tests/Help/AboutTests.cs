using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Help;

public class AboutTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    public static TheoryData<string> Topics => [.. AboutPage.Names];

    public static TheoryData<string, string> Scripts
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string name in AboutPage.Names)
            {
                foreach (MarkdownSection section in AboutPage.Read(name).Sections.Where(section => AboutPage.ScriptOf(section).Length > 0))
                {
                    data.Add(name, section.Title);
                }
            }

            return data;
        }
    }

    [Fact]
    public void The_topics_are_there() => Assert.Equal(
        ["about_NatsEntityFiles", "about_NatsKeySources", "about_NatsKeys", "about_NatsKeysErrors", "about_NatsSigningKeys"], AboutPage.Names);

    [Fact]
    public void The_committed_topics_are_what_the_pages_and_the_errors_make()
    {
        // The page of the errors first: its text is made from it.
        string errors = AboutPage.PathOf(ErrorTable.Page);
        GeneratedFile.Hold(errors, ErrorTable.Renew(File.ReadAllText(errors).ReplaceLineEndings("\n"), commands));

        Assert.All(AboutPage.Names, name => GeneratedFile.Hold(Path.Combine(HelpPage.Folder, FileNameOf(name)), AboutText.Write(AboutPage.Read(name))));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_has_what_a_reader_looks_for(string name)
    {
        AboutPage page = AboutPage.Read(name);

        Assert.Equal(name, page.Name);
        Assert.EndsWith(".", page.Synopsis, StringComparison.Ordinal);
        Assert.True(page.Sections.Count >= 2);
        Assert.All(page.Sections, section => Assert.NotEmpty(section.Blocks));
        Assert.All(page.Sections, section => Assert.Empty(section.Sections));
        Assert.True(page.EndsWithLinks);
        Assert.All(page.SeeAlso, link => Assert.Contains(link, AboutPage.Names.Concat(HelpPage.Names)));
        Assert.DoesNotContain(name, page.SeeAlso);
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Get_Help_shows_the_topic(string name)
    {
        string text = (string)commands.Session.Run("Get-Help $name", ("name", name)).Single.BaseObject;

        Assert.Equal(File.ReadAllText(Path.Combine(PowerShellSession.ModuleBin, "en-US", FileNameOf(name))), text);
        Assert.Contains(AboutText.Write(AboutPage.Read(name)).TrimEnd(), text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_of_a_topic_runs(string name, string section) =>
        HelpExample.Try(AboutPage.ScriptOf(AboutPage.Read(name).Sections.Single(found => found.Title == section)));

    private static string FileNameOf(string topic) => topic + ".help.txt";
}
