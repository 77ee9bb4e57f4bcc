using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using NatsKeys.Tests.Help;

namespace NatsKeys.Tests.Documents;

/// <summary>The page for those who come from nsc names all of nsc and all of the module.</summary>
public partial class FromNscTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    // What nsc 2.14 offers, hidden commands with it.
    private static readonly string[] Nsc =
    [
        "add account", "add export", "add import", "add mapping", "add operator", "add user",
        "delete account", "delete export", "delete import", "delete mapping", "delete user",
        "describe account", "describe jwt", "describe operator", "describe user",
        "edit account", "edit authcallout", "edit export", "edit operator", "edit signing-key", "edit user",
        "env", "expirations", "export keys", "fix",
        "generate activation", "generate config", "generate context", "generate creds", "generate diagram component", "generate diagram object",
        "generate nkey", "generate profile",
        "import account", "import keys", "import user", "init", "keys migrate",
        "list accounts", "list keys", "list operators", "list users",
        "load", "migrate", "pull", "push", "reissue operator", "rename account",
        "revocations add-user", "revocations add_activation", "revocations delete-user", "revocations delete_activation", "revocations list-users",
        "revocations list_activations",
        "select account", "select operator", "test", "tool pub", "tool reply", "tool req", "tool rtt", "tool sub",
        "update", "upgrade-jwt", "validate",
    ];

    private static readonly string[] Nk = ["-gen", "-pubout", "-inkey", "-pre", "-maxpre", "-e", "-sign", "-verify", "-sigfile", "-pubin", "-v"];

    private readonly Document page = Document.Read("docs/from-nsc.md");

    [Fact]
    public void Every_command_of_nsc_is_there() =>
        Assert.DoesNotContain(Nsc, command => !page.Code.Any(code => $"{code} ".StartsWith($"nsc {command} ", StringComparison.Ordinal)));

    [Fact]
    public void Every_flag_of_nk_is_there() =>
        Assert.Empty(Nk.Except(page.Code.Where(code => code.StartsWith("nk ", StringComparison.Ordinal)).SelectMany(code => code.Split(' '))));

    [Fact]
    public void Every_cmdlet_is_there() => Assert.Empty(commands.All.Select(command => command.Name).Except(page.Cmdlets));

    [Fact]
    public void A_parameter_below_the_name_of_a_cmdlet_is_one_of_this_cmdlet()
    {
        (string Cmdlet, string Parameter)[] claims =
        [
            .. page.Page.All.SelectMany(section => section.Blocks).Where(block => block.Kind == MarkdownBlockKind.Table)
                .SelectMany(table => table.Rows.Skip(1).SelectMany(row => table.Rows[0].Zip(row)))
                .Where(pair => OneCmdlet().IsMatch(pair.First))
                .SelectMany(pair => BareParameters(MarkdownBlock.CodeIn(pair.Second)).Select(parameter => (pair.First.Trim('`'), parameter))),
        ];

        Assert.NotEmpty(claims);
        Assert.All(claims, claim =>
            Assert.True(ModuleCommands.Takes(commands.Named(claim.Cmdlet), claim.Parameter), $"{claim.Cmdlet} has no parameter -{claim.Parameter}."));
    }

    [Fact]
    public void A_parameter_by_itself_is_one_of_some_cmdlet() => Assert.All(
        BareParameters(page.Code), parameter =>
            Assert.True(commands.All.Any(command => ModuleCommands.Takes(command, parameter)), $"No cmdlet has the parameter -{parameter}."));

    /// <summary>Whoever types it is asked for nothing. A cmdlet alone, and one whose last parameter has no value, only tell where to look.</summary>
    [Fact]
    public void A_command_with_values_has_all_that_it_needs()
    {
        (string Code, CmdletInfo Command, CommandAst Typed)[] whole =
        [
            .. from code in page.Code
               from typed in Parser.ParseInput(code, out _, out _).FindAll(ast => ast is CommandAst, true).Cast<CommandAst>()
               let command = commands.All.FirstOrDefault(command => command.Name == typed.GetCommandName())
               where command is not null
               select (code, command, typed),
        ];

        Assert.NotEmpty(whole);
        Assert.All(whole, line => Assert.True(IsWhole(line.Command, line.Typed), $"'{line.Code}' asks for more."));
    }

    private static bool IsWhole(CmdletInfo command, CommandAst typed)
    {
        var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        int values = 0;
        for (int index = 1; index < typed.CommandElements.Count; index++)
        {
            if (typed.CommandElements[index] is not CommandParameterAst { ParameterName: var name, Argument: var argument })
            {
                values++;
                continue;
            }

            ParameterMetadata parameter = command.Parameters[name];
            named.Add(parameter.Name);
            if (parameter.SwitchParameter || argument is not null)
            {
                continue;
            }

            index++;
            if (index == typed.CommandElements.Count || typed.CommandElements[index] is CommandParameterAst)
            {
                return true;
            }
        }

        return named.Count == 0 || command.ParameterSets.Any(set =>
            named.All(name => set.Parameters.Any(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase)))
                && set.Parameters.All(parameter => !parameter.IsMandatory || parameter.ValueFromPipeline || parameter.ValueFromPipelineByPropertyName
                    || named.Contains(parameter.Name) || (parameter.Position >= 0 && parameter.Position < values)));
    }

    private static IEnumerable<string> BareParameters(IEnumerable<string> code) =>
        code.Select(text => BareParameter().Match(text)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^`[A-Z]\w+-Nats\w+`$")]
    private static partial Regex OneCmdlet();

    // The flags of others begin with two dashes, or have one letter.
    [GeneratedRegex(@"^-([A-Z]\w+)(?=$|[\s:])")]
    private static partial Regex BareParameter();
}
