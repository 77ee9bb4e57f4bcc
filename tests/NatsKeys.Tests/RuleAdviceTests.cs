using System.Management.Automation;
using System.Text.RegularExpressions;
using NatsKeys.Tests.Help;

namespace NatsKeys.Tests;

/// <summary>What findings advise to do can be done: the cmdlets and parameters that they name are there.</summary>
public partial class RuleAdviceTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    private const string Table = "$table = [NatsKeys.Errors.ErrorAdvice].Assembly.GetType('NatsKeys.Errors.RuleAdvice'); ";

    [Fact]
    public void Each_rule_names_cmdlets_and_parameters_that_are_there()
    {
        (string Rule, string Advice)[] rules =
            [.. commands.Session.Run(Table + "foreach ($rule in $table::Rules) { [pscustomobject]@{ Name = $rule; Advice = $table::For($rule) } }")
                .Output.Select(rule => ($"{rule.Properties["Name"].Value}", $"{rule.Properties["Advice"].Value}"))];

        Assert.True(rules.Length > 50);
        Assert.All(rules, rule =>
        {
            CmdletInfo[] named = [.. CmdletName().Matches(rule.Advice).Select(match => commands.Named(match.Value))];
            Assert.True(named.Length > 0 || rule.Rule is "store.unreadable" or "audit.orphaned-credential", $"{rule.Rule} names no cmdlet.");
            AssertParameters(rule.Advice, named);
        });
        Assert.Distinct(rules.Select(rule => rule.Rule));
    }

    [Fact]
    public void Each_rule_has_advice_and_no_advice_is_for_a_rule_that_is_not_there()
    {
        string[] rules = Texts("[NatsKeys.Store.NatsStore].Assembly.GetType('NatsKeys.Store.StoreRules').GetProperty('All').GetValue($null).Name");
        Assert.Equal(rules, Texts(Table + "$table::Rules").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("(Test-NatsStore -Store $s -Detailed).Advice")]
    [InlineData("(Test-NatsStore -Store $s -Detailed | Select-Object Advice).Advice")]
    [InlineData("(@{ found = @(Test-NatsStore -Store $s -Detailed) } | ConvertTo-Json -Depth 4 | ConvertFrom-Json).found.Advice")]
    [InlineData("(Test-NatsStore -Store $s -Detailed | ConvertTo-Csv | ConvertFrom-Csv).Advice")]
    [InlineData("Test-NatsStore -Store $s -Detailed | Export-Clixml found.xml; (Import-Clixml found.xml).Advice")]
    [InlineData("(Test-NatsStore -Store $s -Detailed | ConvertTo-NatsReport Sarif | ConvertFrom-Json).runs[0].tool.driver.rules.help.text | "
        + "Where-Object { $_ -match 'Set-NatsUser' }")]
    [InlineData("Test-NatsStore -Store $s -Detailed | ConvertTo-NatsReport JUnit")]
    [InlineData("Test-NatsStore -Store $s -Detailed | Format-Table -Wrap | Out-String -Width 300")]
    public void A_finding_brings_its_advice_wherever_it_goes(string script)
    {
        const string Prepare =
            "$s = New-NatsStore -InMemory; $null = New-NatsOperator O -Store $s | New-NatsAccount A | New-NatsUser U -BearerToken -Expires 1d "
                + "-AllowPublish a; ";
        Assert.Contains("Set-NatsUser -BearerToken:$false", string.Join('\n', Texts(Prepare + script)), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_remedy_has_a_sentence_with_cmdlets_and_parameters_that_are_there()
    {
        string[] sentences = Texts(
            "$table = [NatsKeys.Errors.ErrorAdvice].Assembly.GetType('NatsKeys.Errors.RemedyAdvice'); foreach ($remedy in "
                + "[enum]::GetValues([NatsKeys.Remedy])) { $table::For($remedy) }");

        Assert.Equal(Texts("[enum]::GetNames([NatsKeys.Remedy])").Length, sentences.Length);
        Assert.Distinct(sentences);
        Assert.All(sentences, sentence =>
        {
            Assert.Matches(@"^[A-Z][^\n]{10,}\.\z", sentence);
            CmdletInfo[] named = [.. CmdletName().Matches(sentence).Select(match => commands.Named(match.Value))];
            Assert.True(named.Length > 0 || ParameterName().IsMatch(sentence), $"'{sentence}' names neither a cmdlet nor a parameter.");

            // A parameter alone is one of the cmdlet that failed.
            AssertParameters(sentence,
                named.Length > 0 && !sentence.Contains("pass it", StringComparison.Ordinal) && !sentence.Contains("or use", StringComparison.Ordinal)
                    ? named : commands.All);
        });
    }

    private static void AssertParameters(string advice, IReadOnlyList<CmdletInfo> named)
    {
        string[] parameters = [.. named.SelectMany(command => command.Parameters.Keys)];
        Assert.All(ParameterName().Matches(advice), match => Assert.Contains(match.Groups[1].Value, parameters));
    }

    private string[] Texts(string script) => [.. commands.Session.Run(script).Output.Select(text => $"{text}")];

    [GeneratedRegex(@"\b[A-Z][a-z]+-Nats[A-Za-z]+")]
    private static partial Regex CmdletName();

    [GeneratedRegex(@"(?<=[\s(])-([A-Z][A-Za-z]+)")]
    private static partial Regex ParameterName();
}
