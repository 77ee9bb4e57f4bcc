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
    public void The_topic_of_the_errors_has_each_with_what_it_means_and_what_to_do()
    {
        string text = (string)commands.Session.Run("Get-Help about_NatsKeysErrors").Single.BaseObject;
        string[] codes = [.. commands.Session.Run("[enum]::GetNames([NatsKeys.ErrorCode])").Output.Select(code => $"{code}")];

        // The id, its category, the meaning and the advice, which may be broken into lines.
        Assert.All(codes, code =>
            Assert.Matches($@"(?m)^    {code}\r?\n        Category: \w+\r?\n        Meaning: \w(?:(?!\n\n)[\s\S])*\n        What to do: \w", text));
        Assert.Contains("EntityNotFound\n        Category: ObjectNotFound\n        Meaning: No entity of this name exists.\n",
            text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
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

    /// <summary>Text is broken into lines, scripts are not: one that is too long would be broken in the middle of a word.</summary>
    [Theory]
    [MemberData(nameof(Topics))]
    public void A_line_of_a_topic_fits_into_a_terminal(string name)
    {
        var text = (string)commands.Session.Run($"Get-Help {name}").Single.BaseObject;
        Assert.All(text.ReplaceLineEndings("\n").Split('\n'), line => Assert.InRange(line.Length, 0, 119));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Get_Help_shows_the_topic(string name)
    {
        string text = (string)commands.Session.Run("Get-Help $name", ("name", name)).Single.BaseObject;

        // The table of the errors stands between two sections.
        string[] parts = AboutText.Write(AboutPage.Read(name)).Split("\n\n");
        Assert.All(parts, part => Assert.Contains(part.Trim(), text.ReplaceLineEndings("\n"), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_of_a_topic_runs(string name, string section) =>
        HelpScript.Try(AboutPage.ScriptOf(AboutPage.Read(name).Sections.Single(found => found.Title == section)));
}
