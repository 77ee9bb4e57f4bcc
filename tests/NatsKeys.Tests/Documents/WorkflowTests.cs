using System.Diagnostics;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace NatsKeys.Tests.Documents;

/// <summary>
/// The steps of workflows and pipelines, as far as they can be checked without the services that run them. Pester runs the steps that call the script
/// of the pipelines.
/// </summary>
public partial class WorkflowTests
{
    private static readonly string[] Paths =
    [
        ".github/workflows/build.yml", ".github/workflows/release.yml", "examples/pipelines/azure-pipelines.yml",
        "examples/pipelines/github-workflow.yml",
    ];

    public static TheoryData<string> Files => [.. Paths];

    public static TheoryData<string, string, string> Scripts
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (string path in Paths)
            {
                foreach ((string name, string shell, string text) in ScriptsOf(path))
                {
                    data.Add($"{path}: {name}", shell, text);
                }
            }

            return data;
        }
    }

    [Fact]
    public void Every_workflow_and_pipeline_of_the_repository_is_checked() => Assert.Equal(
        new[] { ".github", "examples" }.SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Document.Root, folder), "*.yml", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Document.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
        Paths);

    /// <summary>The shell reads the step, and so does PowerShell what the step gives to it.</summary>
    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_step_can_be_read(string name, string shell, string text)
    {
        Assert.NotEmpty(name);
        if (shell != "pwsh" && OperatingSystem.IsLinux())
        {
            using Process bash = Process.Start(new ProcessStartInfo("bash", "-n") { RedirectStandardInput = true, RedirectStandardError = true })!;
            bash.StandardInput.Write(text);
            bash.StandardInput.Close();
            string errors = bash.StandardError.ReadToEnd();
            bash.WaitForExit();
            Assert.Empty(errors);
        }

        Assert.All(PowerShellIn(shell, text), code =>
        {
            Parser.ParseInput(code, out _, out ParseError[] errors);
            Assert.Empty(errors.Select(error => $"{error.Message} {code}"));
        });
    }

    /// <summary>A script that a step calls exists, takes the parameters that it is given, and gets those that it must have.</summary>
    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_step_calls_scripts_as_they_want_to_be_called(string name, string shell, string text)
    {
        Assert.NotEmpty(name);
        Assert.All(
            PowerShellIn(shell, text)
                .SelectMany(code => Parser.ParseInput(code, out _, out _).FindAll(ast => ast is CommandAst, true))
                .Cast<CommandAst>()
                .Where(call => call.GetCommandName() is { } command && command.StartsWith("./", StringComparison.Ordinal)),
            RequireCall);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_others_wrote_is_pinned_by_its_hash(string path)
    {
        string[] uses = [.. Uses().Matches(File.ReadAllText(Path.Combine(Document.Root, path))).Select(match => match.Groups[1].Value)];
        Assert.All(uses, action => Assert.Matches(@"^[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", action));

        // One action has one hash.
        Assert.All(uses.GroupBy(action => action.Split('@')[0]), action => Assert.Single(action.Distinct()));
    }

    /// <summary>Azure Pipelines fetch nothing but the commit to build, unless they are told to.</summary>
    [Fact]
    public void A_job_that_looks_at_another_branch_fetches_it()
    {
        YamlMappingNode[] looking =
        [
            .. Nodes("examples/pipelines/azure-pipelines.yml").OfType<YamlMappingNode>()
                .Where(node => Member(node, "job") is not null)
                .Where(job => Steps(job).Any(step => Member(step, "pwsh")?.Contains("origin/", StringComparison.Ordinal) == true)),
        ];

        Assert.NotEmpty(looking);
        Assert.All(looking, job => Assert.Equal("0", Member(Steps(job).Single(step => Member(step, "checkout") is not null), "fetchDepth")));
    }

    private static void RequireCall(CommandAst call)
    {
        // Pipelines have the scripts that lie beside them in a folder of their own.
        string command = call.GetCommandName();
        string file = Path.Combine(
            Document.Root, command.StartsWith("./nats/", StringComparison.Ordinal) ? $"examples/pipelines/{command[7..]}" : command[2..]);
        Assert.True(File.Exists(file), $"{command} is not there.");

        ParamBlockAst parameters = Parser.ParseFile(file, out _, out _).ParamBlock;
        string[] given = [.. call.CommandElements.OfType<CommandParameterAst>().Select(parameter => parameter.ParameterName)];
        Assert.Empty(given.Except(parameters.Parameters.Select(parameter => parameter.Name.VariablePath.UserPath)));
        Assert.Empty(parameters.Parameters.Where(IsMandatory).Select(parameter => parameter.Name.VariablePath.UserPath).Except(given));

        // Tasks and the like: words that the script knows.
        foreach ((CommandParameterAst parameter, Ast value) in call.CommandElements.Zip(call.CommandElements.Skip(1))
            .Where(pair => pair.First is CommandParameterAst).Select(pair => ((CommandParameterAst)pair.First, (Ast)pair.Second)))
        {
            string[] known = [.. parameters.Parameters.Single(found => found.Name.VariablePath.UserPath == parameter.ParameterName).Attributes
                .OfType<AttributeAst>().Where(attribute => attribute.TypeName.Name == "ValidateSet")
                .SelectMany(attribute => attribute.PositionalArguments.OfType<StringConstantExpressionAst>()).Select(word => word.Value)];
            if (known.Length > 0)
            {
                Assert.Empty(value.FindAll(ast => ast is StringConstantExpressionAst, false).Select(word => ((StringConstantExpressionAst)word).Value)
                    .Except(known));
            }
        }
    }

    private static bool IsMandatory(ParameterAst parameter) => parameter.Attributes.OfType<AttributeAst>()
        .Any(attribute => attribute.NamedArguments.Any(argument => argument.ArgumentName == "Mandatory"));

    /// <summary>What PowerShell runs of a step: all of it, or what pwsh gets in single quotes.</summary>
    private static IEnumerable<string> PowerShellIn(string shell, string text) =>
        shell == "pwsh" ? [text] : Quoted().Matches(text).Select(match => match.Groups[1].Value);

    private static IEnumerable<(string Name, string Shell, string Text)> ScriptsOf(string path)
    {
        foreach (YamlMappingNode step in Nodes(path).OfType<YamlMappingNode>())
        {
            string? pwsh = Member(step, "pwsh") is { } own && step.Children.ContainsKey("displayName") ? own : Member(step, "Inline");
            if (pwsh is not null)
            {
                yield return (Member(step, "displayName") ?? "inline", "pwsh", pwsh);
            }
            else if (Member(step, "run") is { } run)
            {
                yield return (Member(step, "name")!, Member(step, "shell") ?? "bash", run);
            }
        }
    }

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job) => ((YamlSequenceNode)job.Children["steps"]).OfType<YamlMappingNode>();

    private static string? Member(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(name, out YamlNode? found) ? (found as YamlScalarNode)?.Value : null;

    private static IEnumerable<YamlNode> Nodes(string path)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(Document.Root, path))));
        return yaml.Documents.Single().AllNodes;
    }

    [GeneratedRegex(@"\buses: (.+)")]
    private static partial Regex Uses();

    [GeneratedRegex(@"pwsh -NoProfile -Command\s+'([^']*)'")]
    private static partial Regex Quoted();
}
