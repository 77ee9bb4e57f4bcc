using System.Management.Automation;
using System.Reflection;

namespace NatsKeys.Tests.Help;

public class HelpPageTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    private static readonly string[] Headings = ["Syntax", "Description", "Parameters", "Inputs", "Outputs", "Examples", "Errors", "Related links"];

    // They read and compare. Import gives objects; where it can keep them, it asks all the same.
    private static readonly string[] VerbsThatChangeNothing = ["Get", "Test", "Watch", "ConvertFrom", "ConvertTo", "Compare", "Measure", "Import"];

    public static TheoryData<string> Pages => [.. HelpPage.Names];

    public static TheoryData<string> PagesAndTopics => [.. HelpPage.Names, .. AboutPage.Names];

    [Fact]
    public void Each_cmdlet_has_a_page_and_each_page_a_cmdlet() =>
        Assert.Equal(commands.All.Select(command => command.Name), HelpPage.Names);

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_what_a_reader_looks_for(string name)
    {
        HelpPage page = HelpPage.Read(name);

        Assert.Equal(name, page.Name);
        Assert.Equal(Headings, page.Headings);
        Assert.EndsWith(".", page.Synopsis, StringComparison.Ordinal);
        Assert.InRange(page.Description.Count(block => block.Kind == MarkdownBlockKind.Paragraph), 2, 9);
        Assert.True(page.Examples.Count >= 2);
        Assert.All(page.Examples, example => Assert.Contains(name, example.Code, StringComparison.Ordinal));
        Assert.Distinct(page.Examples.Select(example => example.Title));
        Assert.NotEmpty(page.Links);
        Assert.All(page.Links, link => Assert.Contains(link, HelpPage.Names));
        Assert.DoesNotContain(name, page.Links);
    }

    /// <summary>Six lines in a console of 120 columns are as much as somebody reads in one piece.</summary>
    [Theory]
    [MemberData(nameof(PagesAndTopics))]
    public void No_paragraph_is_longer_than_six_lines_of_a_console(string name) => Assert.DoesNotContain(
        MarkdownSection.Parse(File.ReadAllText(Path.Combine(HelpPage.Folder, $"{name}.md"))).All.SelectMany(section => section.Blocks),
        block => block.Kind is MarkdownBlockKind.Paragraph or MarkdownBlockKind.Item && block.Plain.Length > 600);

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_explains_every_parameter_and_no_other(string name)
    {
        IReadOnlyList<MarkdownSection> sections = HelpPage.Read(name).Parameters;
        IEnumerable<string> own = ModuleCommands.OwnParameters(commands.Named(name)).Select(parameter => $"-{parameter.Name}").Distinct();

        Assert.Equal(own.Order(StringComparer.Ordinal), sections.Select(section => section.Title).Order(StringComparer.Ordinal));
        Assert.All(sections, section => Assert.NotEmpty(section.Blocks));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Whoever_is_asked_for_a_parameter_can_ask_what_it_is(string name) => Assert.Empty(commands.Named(name).ParameterSets
        .SelectMany(set => set.Parameters)
        .Where(parameter => parameter.IsMandatory && string.IsNullOrEmpty(parameter.HelpMessage))
        .Select(parameter => parameter.Name));

    /// <summary>After a change of parameters: <c>dotnet run --project tests/NatsKeys.HelpGenerator -- --syntax module/bin/NatsKeys.dll</c>.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_the_syntax_of_its_cmdlet(string name) => Assert.Equal(SyntaxText.Of(commands.Named(name)), HelpPage.Read(name).Syntax);

    [Fact]
    public void A_parameter_that_cmdlets_share_is_explained_in_the_same_words()
    {
        var shared = commands.All
            .SelectMany(command => HelpPage.Read(command.Name).Parameters.Select(section => (
                Key: Declared(command, section.Title.TrimStart('-')),
                Text: string.Join('\n', section.Blocks.Select(block => block.Text)))))
            .GroupBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, Texts: group.Select(parameter => parameter.Text).Distinct().Count()))
            .ToArray();

        Assert.All(shared, parameter => Assert.True(parameter.Texts == 1, $"{parameter.Key} is explained in {parameter.Texts} ways."));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_names_what_the_cmdlet_takes(string name)
    {
        CommandParameterInfo[] piped =
            [.. ModuleCommands.OwnParameters(commands.Named(name))
                .Where(parameter => parameter.ValueFromPipeline || parameter.ValueFromPipelineByPropertyName)];
        string[] inputs = [.. HelpPage.Read(name).Inputs.Select(input => input.Title)];

        if (piped.Length == 0)
        {
            Assert.Equal(["None"], inputs);
            return;
        }

        Assert.NotEmpty(inputs);
        Assert.All(inputs, input =>
        {
            var type = (Type)commands.Session.Run($"[{input}]").Single.BaseObject;
            Assert.True(piped.Any(parameter => Takes(parameter, type)), $"{name} takes no {input} from the pipeline.");
        });
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_names_what_the_cmdlet_gives(string name)
    {
        IReadOnlyList<PSTypeName> declared = commands.Named(name).OutputType;

        Assert.NotEmpty(declared);
        Assert.Equal(
            declared.Select(type => type.Name).Distinct().Order(StringComparer.Ordinal),
            HelpPage.Read(name).Outputs.Select(output => output.Title).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Error_ids_of_a_page_exist(string name)
    {
        IEnumerable<string> known = commands.Session.Run("[enum]::GetNames([NatsKeys.ErrorCode])").Output.Select(code => code.ToString());
        HelpPage page = HelpPage.Read(name);

        Assert.NotEmpty(page.Errors);
        Assert.Distinct(page.ErrorIds);
        Assert.Empty(page.ErrorIds.Except(known));
        Assert.Equal(page.Errors.Any(block => block.Kind == MarkdownBlockKind.Item), page.ErrorIds.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_changes_something_can_be_tried_out_first(string name)
    {
        CmdletInfo command = commands.Named(name);
        bool canBeTriedOut = command.ParameterSets.All(set => set.Parameters.Any(parameter => parameter.Name == "WhatIf"));
        bool changes = (!VerbsThatChangeNothing.Contains(command.Verb) && name is not ("New-NatsSignature" or "New-NatsPermission"))
            || (command.Verb == "Import" && command.Parameters.ContainsKey("Store"));

        Assert.Equal(changes, canBeTriedOut);
    }

    /// <summary>Where a parameter is declared: in the cmdlet, in its base, or in a group that several cmdlets take in.</summary>
    private static string Declared(CmdletInfo command, string parameter)
    {
        PropertyInfo property = command.ImplementingType.GetProperty(parameter)
            ?? GroupsOf(command).Select(group => group.GetProperty(parameter)).First(found => found is not null)!;
        return $"{property.DeclaringType!.Name}.{parameter}";
    }

    /// <summary>The groups of parameters that a cmdlet takes in: one, or what has become a dictionary for the engine and knows its members.</summary>
    private static IEnumerable<Type> GroupsOf(CmdletInfo command)
    {
        object cmdlet = Activator.CreateInstance(command.ImplementingType)!;
        object taken = ((IDynamicParameters)cmdlet).GetDynamicParameters()!;
        if (taken is not RuntimeDefinedParameterDictionary)
        {
            return [taken.GetType()];
        }

        object groups = FieldOf(cmdlet, "groups");
        return ((IEnumerable<(object Group, PropertyInfo Property)>)FieldOf(groups, "members")).Select(member => member.Group.GetType()).Distinct();
    }

    private static object FieldOf(object owner, string name)
    {
        Type? type = owner.GetType();
        while (type!.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is null)
        {
            type = type.BaseType;
        }

        return type.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(owner)!;
    }

    /// <summary>Whether the engine can make the parameter's value of such an object, or finds it in one of its properties.</summary>
    private static bool Takes(CommandParameterInfo parameter, Type type)
    {
        Type wanted = parameter.ParameterType.IsArray ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        if (wanted == type || wanted == typeof(PSObject) || wanted.GetConstructor([type]) is not null)
        {
            return true;
        }

        // A row of a table has the columns that it has.
        if (type == typeof(PSCustomObject)
            && (parameter.ValueFromPipelineByPropertyName
                || parameter.Attributes.Any(attribute => attribute.GetType().Name == "EntityNameAttribute")))
        {
            return true;
        }

        // Files and folders as the provider gives them carry their path.
        return parameter.ValueFromPipelineByPropertyName
            && (parameter.Aliases.Append(parameter.Name).Any(property => type.GetProperty(property)?.PropertyType == wanted)
                || (type.IsAssignableTo(typeof(FileSystemInfo)) && parameter.Aliases.Contains("PSPath")));
    }
}
