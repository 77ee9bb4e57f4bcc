using NatsKeys.Tests.Help;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests;

/// <summary>
/// What names an entity means the same to every cmdlet that gets, sets, removes, renames or exports it: an object, a name, several of them, and a row
/// of a table. Each test has two operators with an account and a user of the same names, so that a name alone is not enough.
/// </summary>
public sealed class EntityNameTests : ModuleTest, IClassFixture<ModuleCommands>
{
    private const string Setup =
        """
        $ConfirmPreference = 'None'
        foreach ($name in 'O', 'P') { $null = New-NatsOperator $name | New-NatsAccount A | New-NatsUser U }
        $null = New-NatsAccount B -Operator O | New-NatsUser V
        $other = New-NatsStore -InMemory
        $theirs = New-NatsOperator O -Store $other | New-NatsAccount A | New-NatsUser U
        """;

    private static readonly string[] Verbs = ["Get", "Set", "Remove", "Rename", "Export"];
    private static readonly string[] Entities = ["NatsOperator", "NatsAccount", "NatsUser", "NatsCredential"];
    private readonly ModuleCommands commands;

    public EntityNameTests(ModuleCommands commands)
    {
        this.commands = commands;
        Run(Setup);
    }

    // What each cmdlet does to what is named, in a way that tells what was meant.
    public static TheoryData<string, string> Calls => new()
    {
        { "User", "Get-NatsUser" }, { "User", "Set-NatsUser -AddTag x -PassThru" },
        { "User", "Remove-NatsUser -NoRevocation -PassThru -WarningAction Ignore" },
        { "User", "Export-NatsCredential -PassThru" }, { "User", "Rename-NatsUser -NewName N -PassThru" },
        { "Account", "Get-NatsAccount" }, { "Account", "Set-NatsAccount -AddTag x -PassThru" },
        { "Account", "Remove-NatsAccount -Recurse -PassThru -WarningAction Ignore" }, { "Account", "Rename-NatsAccount -NewName N -PassThru" },
        { "Operator", "Get-NatsOperator" }, { "Operator", "Set-NatsOperator -AddTag x -PassThru" },
        { "Operator", "Remove-NatsOperator -Recurse -PassThru -WarningAction Ignore" }, { "Operator", "Rename-NatsOperator -NewName N -PassThru" },
    };

    [Fact]
    public void Every_cmdlet_takes_names_by_value_in_the_first_place_and_as_arrays()
    {
        string[] wrong =
        [
            .. from command in commands.All
               where Verbs.Contains(command.Verb) && Entities.Contains(command.Noun)
               let sets = command.ParameterSets.SelectMany(set => set.Parameters)
                   .Where(parameter => parameter.Name == "Name" || parameter.Aliases.Contains("Name")).ToArray()
               where !(sets.Any(parameter => parameter.ValueFromPipeline)
                   && sets.All(parameter => parameter.Position == 0)
                   && sets.All(parameter => parameter.ParameterType.IsArray || command.Verb == "Rename")
                   && sets.All(parameter => parameter.Attributes.Any(attribute => attribute.GetType().Name == "EntityNameAttribute"))
                   && (command.Verb == "Get" || sets.All(parameter => parameter.ValueFromPipelineByPropertyName)))
               select command.Name,
        ];

        Assert.Equal(13, commands.All.Count(command => Verbs.Contains(command.Verb) && Entities.Contains(command.Noun)));
        Assert.Empty(wrong);
    }

    /// <summary>The engine's own error would not say which row it was.</summary>
    [Theory]
    [MemberData(nameof(Calls))]
    public void A_row_with_an_empty_name_is_an_error_that_tells_the_row_and_the_rest_goes_on(string kind, string call)
    {
        string name = kind switch { "User" => "V", "Account" => "B", _ => "P" };
        WriteFile("rows.csv", $"Name,Team\n,blue team\n{name},red\n");
        string without = call.Contains("-NewName", StringComparison.Ordinal) ? call : $"{call} -OutVariable out";
        RunResult result = Session.Run($"Import-Csv ./rows.csv | Select-Object Name, @{{ n = 'Subject'; e = {{ $_.Team }} }} | {without}");
        string error = Assert.Single(result.Errors).ToString();
        Assert.Contains("blue team", error, StringComparison.Ordinal);
        Assert.Contains("'Name' is empty", error, StringComparison.Ordinal);
        Assert.NotEmpty(result.Output);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void An_object_a_name_and_a_row_mean_the_same_entity(string kind, string call)
    {
        (string get, string name, string row) = kind switch
        {
            "User" => ("Get-NatsUser U -Account P/A", "P/A/U", "[pscustomobject] @{ Name = 'U'; Account = 'A'; Operator = 'P' }"),
            "Account" => ("Get-NatsAccount A -Operator P", "P/A", "[pscustomobject] @{ Name = 'A'; Operator = 'P' }"),
            _ => ("Get-NatsOperator P", "P", "[pscustomobject] @{ Name = 'P' }"),
        };
        string selected = $"({get} | Select-Object {(kind == "User" ? "Name, Account, Operator" : kind == "Account" ? "Name, Operator" : "Name")})";
        foreach (string input in (string[])[$"({get})", $"'{name}'", row, selected])
        {
            using var session = new PowerShellSession();
            session.Run(Setup);
            string subject = (string)session.Run($"({get}).Subject").Single.BaseObject;
            RunResult result = session.Run(
                $"$ConfirmPreference = 'None'; $done = {input} | {call}; $done.PublicKey ?? $done.Subject ?? (Import-NatsCredential $done).Subject");
            Assert.Empty(result.Errors.Select(error => $"{input} | {call}: {error}"));
            Assert.Equal(subject, result.Single.BaseObject);
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void What_names_nothing_is_an_error_and_not_the_only_one_that_there_is(string kind, string call)
    {
        string[] before = Snapshot();
        foreach (string input in (string[])["$null", "''", "[pscustomobject] @{}", "[pscustomobject] @{ Name = '' }",
            "[pscustomobject] @{ Subject = 'x' }", "[datetime] '2030-01-01'"])
        {
            RunResult result = RunToEnd($"$ErrorActionPreference = 'Continue'; $ConfirmPreference = 'None'; {input} | {call}");
            Assert.True(result.Errors.Count > 0, $"No error: {input} | {call}");
            Assert.True(result.Output.Count == 0, $"Output: {input} | {call}");
        }

        Assert.Equal(before, Snapshot());
        Assert.NotEmpty(kind);
    }

    [Theory]
    [InlineData("User", "Account", "Acount")]
    [InlineData("User", null, "Department")]
    [InlineData("Account", "Operator", "Operater")]
    [InlineData("Operator", null, "Department")]
    public void A_column_that_nothing_takes_is_an_error_that_names_it(string kind, string? meant, string column)
    {
        string[] before = Snapshot();
        string name = kind == "User" ? "V" : kind == "Account" ? "B" : "O";
        foreach (string call in Calls.Where(row => (string)row[0] == kind).Select(row => (string)row[1]))
        {
            string message = Reports(
                "InvalidClaims", $"$ConfirmPreference = 'None'; [pscustomobject] @{{ Name = '{name}'; {column} = 'x' }} | {call}");
            Assert.Contains($"'{column}'", message, StringComparison.Ordinal);
            Assert.Equal(meant is not null, message.Contains($"Did you mean '{meant}'?", StringComparison.Ordinal));
        }

        Assert.Equal(before, Snapshot());
    }

    [Theory]
    [InlineData("[pscustomobject] @{ Name = 'V'; Account = 'A'; Operator = 'P' } | Set-NatsUser -AddTag x", "EntityNotFound")]
    [InlineData("Get-NatsUser V | Set-NatsUser -Account A -Operator P -AddTag x", "EntityAmbiguous")]
    [InlineData("'B/V' | Set-NatsUser -Account O/A -AddTag x", "EntityAmbiguous")]
    [InlineData("'U' | Set-NatsUser -Account A -AddTag x", "EntityAmbiguous")]
    public void What_says_two_things_is_an_error(string script, string errorId)
    {
        string[] before = Snapshot();
        Reports(errorId, script);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void Properties_that_Get_cmdlets_give_may_stay_in_a_row()
    {
        Run("Get-NatsUser V | Select-Object Name, Account, State, Issuer, Expires | Set-NatsUser -Expires 30d");
        Holds("(Get-NatsUser V).Expires");
    }

    [Fact]
    public void An_object_means_its_own_store_and_a_row_the_store_that_is_named()
    {
        Run("$theirs | Set-NatsUser -AddTag x; $theirs | Select-Object Name, Account | Set-NatsUser -Store $other -AddTag y");
        Holds("((Get-NatsUser U -Store $other).Tags -join ' ') -eq 'x y'", "-not (Get-NatsUser U).Tags");
    }

    [Theory]
    [InlineData("Set-NatsUser O/A/U, nobody, V -AddTag x -PassThru")]
    [InlineData("Remove-NatsUser O/A/U, nobody, V -PassThru -WarningAction Ignore")]
    [InlineData("Get-NatsUser O/A/U, nobody, V")]
    [InlineData("Export-NatsCredential O/A/U, nobody, V -PassThru")]
    [InlineData("Set-NatsAccount O/A, nobody, B -AddTag x -PassThru")]
    [InlineData("Set-NatsOperator O, nobody, P -AddTag x -PassThru")]
    public void Of_several_one_that_is_not_there_is_an_error_and_the_rest_goes_on(string call)
    {
        Assert.Contains("nobody", Reports("EntityNotFound", $"$ConfirmPreference = 'None'; $done = {call}"), StringComparison.Ordinal);
        Holds("@($done).Count -eq 2");
    }

    [Theory]
    [InlineData("Get-NatsUser VV", "V")]
    [InlineData("Remove-NatsUser B/VV", "V")]
    [InlineData("Set-NatsAccount O/BB -AddTag x", "B")]
    [InlineData("Set-NatsOperator O1 -AddTag x", "O")]
    [InlineData("Get-NatsAccount bb", "B")]
    [InlineData("New-NatsUser x -Account BB", "B")]
    public void A_name_that_is_nearly_one_is_an_error_that_asks_for_it(string script, string meant) =>
        Assert.Contains($"Did you mean '{meant}'?", Reports("EntityNotFound", script), StringComparison.Ordinal);

    [Theory]
    [InlineData("'x', 'y' | New-NatsOperator")]
    [InlineData("New-NatsOperator x, y")]
    [InlineData("'x', 'y' | New-NatsAccount -Operator O")]
    [InlineData("New-NatsAccount x, y -Operator O -GenerateSigningKey")]
    [InlineData("'x', 'y' | New-NatsUser -Account B")]
    [InlineData("Get-NatsAccount B | New-NatsUser x, y")]
    [InlineData("[pscustomobject] @{ Name = 'x'; Tags = 't' }, [pscustomobject] @{ Name = 'y'; Tags = '' } | New-NatsUser -Account B")]
    public void Several_are_made_of_several_names(string script) => Holds($"(({script}).Name -join ' ') -eq 'x y'");

    [Theory]
    [InlineData("New-NatsUser x, y -Account B -Key (New-NatsKeyPair User)", "InvalidClaims")]
    [InlineData("Get-NatsExport | New-NatsUser", null)]
    [InlineData("New-NatsKeyPair User | New-NatsUser -Account B", "ParameterArgumentTransformationError")]
    [InlineData("[pscustomobject] @{ Login = 'x' } | New-NatsUser -Account B", "ParameterArgumentTransformationError")]
    public void Nothing_is_made_of_what_is_no_name(string script, string? errorId)
    {
        string[] before = Snapshot();
        Assert.Equal(errorId is null ? [] : [errorId], RunToEnd(script).ErrorIds);
        Assert.Equal(before, Snapshot());
    }
}
