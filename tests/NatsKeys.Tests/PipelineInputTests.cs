using System.Management.Automation;
using NatsKeys.Tests.Help;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>
/// What comes down the pipeline and is nothing that a cmdlet takes is an error of its own: nothing that is the only one, or the default, takes its
/// place. Each test pipes into a store with one operator, one account and one user; the copies are of entities of another store.
/// </summary>
public sealed class PipelineInputTests(PipelineInputFixture input, ModuleCommands commands)
    : ModuleTest(input.Session), IClassFixture<PipelineInputFixture>, IClassFixture<ModuleCommands>
{
    // What the sets of parameters ask for beside the pipeline. It is right, so that the input alone is wrong.
    private static readonly Dictionary<string, string> Values = new()
    {
        ["Name"] = "'NEW'", ["NewName"] = "'NEW'", ["Resolver"] = "Memory", ["Key"] = "r", ["Subject"] = "e.new", ["From"] = "A", ["To"] = "q",
        ["Type"] = "Stream",
        ["TargetAccount"] = "(New-NatsKeyPair Account).PublicKey", ["Path"] = "./out", ["Directory"] = "./outd", ["Format"] = "Sarif",
        ["Signature"] = "AAAA", ["Context"] = "c",
        ["Publish"] = "x", ["Subscribe"] = "x", ["NewKey"] = "x", ["Stale"] = "$true", ["Recipient"] = "(New-NatsKeyPair Curve).PublicKey",
        ["Sender"] = "(New-NatsKeyPair Curve).PublicKey", ["AsSecureString"] = "$true", ["AsPlainText"] = "$true",
        ["Account"] = "A", ["Detailed"] = "$true", ["MinimumSeverity"] = "Advice", ["SigningKey"] = "(New-NatsKeyPair Account)",
        ["PublicKey"] = "(New-NatsKeyPair Account).PublicKey", ["KeepOldKey"] = "$true",
    };

    // Any text is data to them, and a copy of a token has all of the token.
    private static readonly string[] TakeText = ["New-NatsSignature", "Test-NatsSignature", "Protect-NatsMessage", "Unprotect-NatsMessage"];

    // A check that finds nothing gives null where its output is a variable.
    private static readonly string[] TakeNull = ["ConvertTo-NatsReport"];
    private static readonly string[] TakeCopiesOfTokens = ["ConvertFrom-NatsJwt"];

    public static TheoryData<string> Cmdlets()
    {
        using var commands = new ModuleCommands();
        return [.. commands.All.Where(command => ModuleCommands.OwnParameters(command).Any(parameter => parameter.ValueFromPipeline))
            .Select(command => command.Name)];
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Input_that_is_nothing_it_takes_is_an_error_and_changes_nothing(string cmdlet)
    {
        string[] before = Snapshot();
        foreach (string arguments in Arguments(commands.Named(cmdlet)).Distinct())
        {
            foreach (string input in Inputs(cmdlet))
            {
                string script = $"$ErrorActionPreference = 'Continue'; $ConfirmPreference = 'None'; {input} | {cmdlet} {arguments}";
                RunResult result = RunToEnd(script);
                Assert.True(result.Errors.Count > 0, $"No error: {script}");
                Assert.All(result.ErrorIds, id => Assert.True(id.All(char.IsAsciiLetterOrDigit), $"{id} is no error of the module: {script}"));
                Assert.True(result.Output.Count == 0, $"Output: {script}");
            }

            Assert.True(before.SequenceEqual(Snapshot()), $"Changed: {cmdlet} {arguments}");
        }
    }

    [Theory]
    [InlineData("New-NatsUser x")]
    [InlineData("New-NatsAccount x")]
    [InlineData("Set-NatsAccount -AddTag x")]
    [InlineData("Add-NatsSubjectMapping m2 -To n")]
    [InlineData("Get-NatsUser")]
    [InlineData("Test-NatsStore")]
    public void An_empty_pipeline_does_nothing(string command)
    {
        string[] before = Snapshot();
        Assert.Empty(Run($"@() | {command}").Output);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void A_copy_is_named_and_the_rest_goes_on()
    {
        string message = Reports("ParameterArgumentTransformationError", "$made = @($copies.account, (Get-NatsAccount A) | New-NatsUser x)");
        Assert.Contains("NatsAccount", message, StringComparison.Ordinal);
        Assert.Contains("A2", message, StringComparison.Ordinal);
        Holds("$made.Count -eq 1", "$made[0].Account -eq 'A'");
        Run("$made | Remove-NatsUser -Confirm:$false -WarningAction Ignore");
    }

    [Fact]
    public void Every_parameter_of_the_pipeline_is_guarded()
    {
        string[] open =
        [
            .. from command in commands.All
               from parameter in ModuleCommands.OwnParameters(command)
               where parameter.ValueFromPipeline && parameter.ParameterType != typeof(PSObject) && parameter.ParameterType != typeof(PSObject[])
               where !parameter.Attributes.Any(attribute => attribute is ArgumentTransformationAttribute)
               select $"{command.Name} -{parameter.Name}",
        ];
        Assert.Equal(TakeCopiesOfTokens.Select(name => $"{name} -Token"), open.Distinct());
    }

    private static IEnumerable<string> Arguments(CmdletInfo command) =>
        from set in command.ParameterSets
        where set.Parameters.Any(parameter => parameter.ValueFromPipeline)
        let needed = set.Parameters.Where(
            parameter => parameter.IsMandatory && !parameter.ValueFromPipeline && !parameter.ValueFromPipelineByPropertyName)

        // A new entity is named, so that the row alone is wrong.
        let named = set.Parameters.Any(parameter => parameter.Name == "Name" && parameter.ValueFromPipelineByPropertyName)
            ? needed.Append(set.Parameters.First(parameter => parameter.Name == "Name")) : needed
        select string.Join(' ', named.DistinctBy(parameter => parameter.Name).Select(parameter => $"-{parameter.Name}:{ValueOf(command, parameter)}"))
            + (command.Parameters.TryGetValue("Server", out ParameterMetadata? server) && server.ParameterType == typeof(string[])
                ? " -Server nats://127.0.0.1:1" : "");

    private static string ValueOf(CmdletInfo command, CommandParameterInfo parameter) =>
        command.Noun != "NatsMessage" ? Values[parameter.Name] : parameter.Name == "Key" ? "(New-NatsKeyPair Curve)"
            : "(New-NatsKeyPair Curve).PublicKey";

    private string[] Inputs(string cmdlet) =>
    [
        .. TakeCopiesOfTokens.Contains(cmdlet) ? [] : Run("@($copies.Keys)").Output.Select(name => $"$copies.{name}"),
        .. Run("@($odd.Keys)").Output.Where(name => !TakeText.Contains(cmdlet) || $"{name}" is not ("empty" or "blank"))
            .Where(name => !TakeNull.Contains(cmdlet) || $"{name}" != "null").Select(name => $"$odd.{name}"),
    ];
}
