using System.Management.Automation.Language;
using YamlDotNet.RepresentationModel;

namespace NatsKeys.Tests.Documents;

/// <summary>What stands at the top of the examples, and that they can be read. They are run elsewhere: by ExampleTests and by Pester.</summary>
public class ExampleFileTests
{
    public static TheoryData<string> Scripts => Files("*.ps1");

    public static TheoryData<string> Pipelines => Files("*.yml");

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_says_what_it_does_and_what_it_needs(string name)
    {
        ScriptBlockAst script = Parser.ParseFile(Path.Combine(Document.Root, "examples", name), out _, out ParseError[] errors);
        CommentHelpInfo help = script.GetHelpContent();

        Assert.Empty(errors);
        Assert.NotEmpty(help.Synopsis);
        Assert.NotEmpty(help.Description);
        Assert.StartsWith("Needs:", help.Notes.TrimStart(), StringComparison.Ordinal);
        Assert.NotEmpty(help.Examples);
        Assert.Equal(
            script.ParamBlock.Parameters.Select(parameter => parameter.Name.VariablePath.UserPath.ToUpperInvariant()).Order(StringComparer.Ordinal),
            help.Parameters.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void A_pipeline_is_YAML_and_calls_the_script_for_both_tasks(string name)
    {
        string text = File.ReadAllText(Path.Combine(Document.Root, "examples", name));
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        string[] calls = [.. yaml.Documents.Single().AllNodes.OfType<YamlScalarNode>().Select(node => node.Value!)
            .Where(value => value.StartsWith("./nats/Invoke-StorePipeline.ps1 ", StringComparison.Ordinal))];

        Assert.Equal(["Apply", "Test"], calls.Select(call => call.Split(' ')[2]).Order(StringComparer.Ordinal));
    }

    private static TheoryData<string> Files(string pattern)
    {
        string folder = Path.Combine(Document.Root, "examples");
        return [.. Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];
    }
}
