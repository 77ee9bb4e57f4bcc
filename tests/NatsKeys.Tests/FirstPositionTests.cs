using NatsKeys.Tests.Help;

namespace NatsKeys.Tests;

/// <summary>
/// What a user types first is the thing that the cmdlet works on. It is also what the pipeline brings, so the first position is a parameter that
/// takes pipeline input. Where it is not, there is a reason.
/// </summary>
public sealed class FirstPositionTests(ModuleCommands commands) : ModuleTest, IClassFixture<ModuleCommands>
{
    private const string Item = "The noun is an item of an account, and this names the item.";
    private const string Question = "The subject is what is asked about.";
    private const string File = "The noun is what is written to this file.";
    private const string Kind = "Nothing exists yet, and this says of which kind the new thing is.";

    private static readonly Dictionary<string, (string Parameter, string Reason)> Exceptions = new()
    {
        ["Add-NatsExport"] = ("Subject", Item),
        ["Add-NatsImport"] = ("Subject", Item),
        ["Add-NatsSubjectMapping"] = ("Subject", Item),
        ["Get-NatsExport"] = ("Subject", Item),
        ["Get-NatsImport"] = ("Subject", Item),
        ["Get-NatsSubjectMapping"] = ("Subject", Item),
        ["Get-NatsRevocation"] = ("User", Item),
        ["Get-NatsSigningKey"] = ("Key", Item),
        ["New-NatsActivation"] = ("Subject", Item),
        ["Remove-NatsExport"] = ("Subject", Item),
        ["Remove-NatsImport"] = ("Subject", Item),
        ["Remove-NatsSubjectMapping"] = ("Subject", Item),
        ["Remove-NatsSigningKey"] = ("Key", Item),
        ["Set-NatsExport"] = ("Subject", Item),
        ["Set-NatsImport"] = ("Subject", Item),
        ["Set-NatsSigningKey"] = ("Key", Item),
        ["Get-NatsAccess"] = ("Publish", Question),
        ["Compare-NatsAccess"] = ("From", "The older state comes first; the newer one is piped."),
        ["ConvertTo-NatsReport"] = ("Format", "Findings come from the pipeline alone."),
        ["Measure-NatsPermission"] = ("Account", "One measurement of all accounts takes minutes, so none is piped."),
        ["Register-NatsKeySource"] = ("EnvironmentVariable", "The noun is the source, and this names it."),
        ["New-NatsKeyPair"] = ("Type", Kind),
        ["Export-NatsStore"] = ("Path", File),
        ["New-NatsStore"] = ("Path", File),
        ["New-NatsServerConfig"] = ("Path", File),
        ["New-NatsSigningRequest"] = ("Path", File),
        ["New-NatsSignature"] = ("Path", "The file that is signed; other data is piped."),
        ["Test-NatsSignature"] = ("Path", "The file that was signed; other data is piped."),
    };

    [Fact]
    public void The_first_position_is_what_the_cmdlet_works_on()
    {
        string[] wrong =
        [
            .. from command in commands.All
               let placed = command.ParameterSets.SelectMany(set => set.Parameters).Where(parameter => parameter.Position >= 0).ToArray()
               where placed.Length > 0
               let first = placed.Where(parameter => parameter.Position == placed.Min(one => one.Position)).ToArray()
               where Exceptions.TryGetValue(command.Name, out (string Parameter, string Reason) known)
                   ? first.Any(parameter => parameter.Name != known.Parameter || parameter.ValueFromPipeline)
                   : !first.Any(parameter => parameter.ValueFromPipeline)
               select $"{command.Name}: {string.Join(", ", first.Select(parameter => parameter.Name).Distinct())}",
        ];

        Assert.Empty(wrong);
        Assert.All(Exceptions.Keys, name => Assert.Contains(commands.All, command => command.Name == name));
    }

    [Theory]
    [InlineData("Set-NatsJetStreamLimit A -Tier R1 -Enable; Set-NatsJetStreamLimit A R3 -Enable", "(Get-NatsJetStreamLimit A).Tier", "R1 R3")]
    [InlineData("Set-NatsJetStreamLimit R3 -Account A -Enable", "(Get-NatsJetStreamLimit A R3).Tier", "R3")]
    [InlineData("$a | Set-NatsJetStreamLimit R3 -Enable; Remove-NatsJetStreamLimit A R3", "@(Get-NatsJetStreamLimit).Count", "0")]
    [InlineData("$a | Set-NatsJetStreamLimit R3 -Enable; Get-NatsAccount A | Remove-NatsJetStreamLimit R3", "@(Get-NatsJetStreamLimit).Count", "0")]
    [InlineData("Set-NatsAuthCallout A U", "(Get-NatsAuthCallout A).Account", "A")]
    [InlineData("Set-NatsAuthCallout A -AuthUser U", "(Get-NatsAuthCallout A).Account", "A")]
    [InlineData("$a | Set-NatsAuthCallout U", "(Get-NatsAuthCallout A).Account", "A")]
    [InlineData("Set-NatsAuthCallout U -Account A", "(Get-NatsAuthCallout A).Account", "A")]
    [InlineData("Export-NatsKeyPair $a.Subject ./a.nk", "Test-Path ./a.nk", "True")]
    [InlineData("Get-NatsKeyPair $a.Subject | Export-NatsKeyPair ./a.nk", "Test-Path ./a.nk", "True")]
    [InlineData("Export-NatsKeyPair ./a.nk -KeyPair $a.Subject", "Test-Path ./a.nk", "True")]
    public void The_account_or_the_key_comes_first_also_where_another_parameter_did(string script, string outcome, string expected)
    {
        Run("$a = New-NatsOperator O | New-NatsAccount A; $u = $a | New-NatsUser U");
        Run(script);
        Assert.Equal(expected, Value($"\"$({outcome})\""));
    }

    [Theory]
    [InlineData("Set-NatsJetStreamLimit R1 -Enable", "-Tier")]
    [InlineData("Remove-NatsJetStreamLimit 3", "-Tier")]
    [InlineData("Set-NatsAuthCallout U", "-AuthUser")]
    public void What_is_no_account_says_what_it_is(string script, string parameter)
    {
        Run("$a = New-NatsOperator O | New-NatsAccount A; $u = $a | New-NatsUser U");
        Assert.Contains(parameter, Reports("EntityNotFound", script), StringComparison.Ordinal);
    }
}
