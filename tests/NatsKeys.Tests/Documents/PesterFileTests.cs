using System.Management.Automation.Language;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Documents;

/// <summary>A test that cannot fail is none: what tests of Pester must have, read from their files.</summary>
public class PesterFileTests
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(PowerShellSession.ManifestPath)!, "tests", "Pester");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.Tests.ps1").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_test_states_what_should_be(string file)
    {
        ScriptBlockAst script = Parse(file);

        // A function of the file that holds something to be true does that for the tests that call it.
        string[] asserting =
            ["Should", .. Find<FunctionDefinitionAst>(script).Where(function => Calls(function, "Should").Any()).Select(function => function.Name)];
        CommandAst[] tests = [.. Calls(script, "It")];
        Assert.NotEmpty(tests);
        Assert.Empty(tests.Where(test => !Bodies(test).Any(body => Calls(body, asserting).Any())).Select(Title));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void An_error_that_is_expected_is_named(string file) => Assert.Empty(Calls(Parse(file), "Should")
        .Where(call => Parameters(call).Contains("Throw") && !Parameters(call).Contains("Not"))
        .Where(call => !Parameters(call).Contains("ErrorId") && call.CommandElements[^1] is CommandParameterAst)
        .Select(call => $"line {call.Extent.StartLineNumber}: {call.Extent.Text}"));

    private static ScriptBlockAst Parse(string file)
    {
        ScriptBlockAst script = Parser.ParseFile(Path.Combine(Folder, file), out _, out ParseError[] errors);
        Assert.Empty(errors.Select(error => error.Message));
        return script;
    }

    private static IEnumerable<T> Find<T>(Ast within)
        where T : Ast => within.FindAll(node => node is T, searchNestedScriptBlocks: true).Cast<T>();

    private static IEnumerable<CommandAst> Calls(Ast within, params string[] names) =>
        Find<CommandAst>(within).Where(call => names.Contains(call.GetCommandName(), StringComparer.OrdinalIgnoreCase));

    /// <summary>The body of a test is its last script block; those before it are data.</summary>
    private static IEnumerable<Ast> Bodies(CommandAst test) => test.CommandElements.OfType<ScriptBlockExpressionAst>().TakeLast(1);

    private static string[] Parameters(CommandAst call) =>
        [.. call.CommandElements.OfType<CommandParameterAst>().Select(parameter => parameter.ParameterName)];

    private static string Title(CommandAst test) => $"line {test.Extent.StartLineNumber}: {test.CommandElements[1].Extent.Text}";
}
