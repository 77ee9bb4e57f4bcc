using System.Management.Automation;
using System.Text.RegularExpressions;
using NatsKeys.Tests.Help;

namespace NatsKeys.Tests;

/// <summary>What findings advise to do can be done: the cmdlets and parameters that they name are there.</summary>
public partial class RuleAdviceTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    [Fact]
    public void Each_rule_names_cmdlets_and_parameters_that_are_there()
    {
        (string Rule, string Advice)[] rules = [.. commands.Session.Run("[NatsKeys.Rules.StoreRules]::All").Output.Select(rule => ($"{rule.Properties["Name"].Value}", $"{rule.Properties["Advice"].Value}"))];

        Assert.True(rules.Length > 50);
        Assert.All(rules, rule =>
        {
            CmdletInfo[] named = [.. CmdletName().Matches(rule.Advice).Select(match => commands.Named(match.Value))];
            Assert.True(named.Length > 0 || rule.Rule is "store.unreadable" or "audit.orphaned-credential", $"{rule.Rule} names no cmdlet.");
            string[] parameters = [.. named.SelectMany(command => command.Parameters.Keys)];
            Assert.All(ParameterName().Matches(rule.Advice), match => Assert.Contains(match.Groups[1].Value, parameters));
        });
        Assert.Distinct(rules.Select(rule => rule.Rule));
    }

    [GeneratedRegex(@"\b[A-Z][a-z]+-Nats[A-Za-z]+")]
    private static partial Regex CmdletName();

    [GeneratedRegex(@"(?<=\s)-([A-Z][A-Za-z]+)")]
    private static partial Regex ParameterName();
}
