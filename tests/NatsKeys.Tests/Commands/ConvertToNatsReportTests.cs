using System.Text.Json.Nodes;
using System.Xml.Linq;
using NatsKeys.Tests.Hosting;

namespace NatsKeys.Tests.Commands;

public class ConvertToNatsReportTests : ModuleTest
{
    public ConvertToNatsReportTests() => Run("$u = New-NatsOperator O2 | New-NatsAccount A | New-NatsUser U; $u | Set-NatsUser -BearerToken");

    [Theory]
    [InlineData("Test-NatsStore -Detailed | ConvertTo-NatsReport Sarif")]
    [InlineData("Test-NatsStore -Detailed | ConvertTo-NatsReport -Format SARIF")]
    [InlineData("ConvertTo-NatsReport -Format Sarif -InputObject (Test-NatsStore -Detailed)")]
    public void Findings_become_one_SARIF_report(string script)
    {
        JsonNode run = JsonNode.Parse((string)Value(script)!)!["runs"]![0]!;
        Assert.Equal(Value("@(Test-NatsStore -Detailed).Count"), run["results"]!.AsArray().Count);
        JsonNode bearer = run["results"]!.AsArray().Single(result => (string?)result!["ruleId"] == "audit.bearer")!;
        Assert.Equal("warning", (string?)bearer["level"]);
        JsonNode place = bearer["locations"]![0]!["physicalLocation"]!;
        Assert.Equal("O2/accounts/A/users/U.yaml", (string?)place["artifactLocation"]!["uri"]);
        Assert.Contains("bearer_token", File.ReadAllLines(PathOf("store/O2/accounts/A/users/U.yaml"))[(int)place["region"]!["startLine"]! - 1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_become_one_JUnit_report_and_files_are_named_from_the_folder_that_was_asked_for()
    {
        var report = XDocument.Parse((string)Value("Test-NatsStore -Detailed -MinimumSeverity Warning | ConvertTo-NatsReport JUnit -BasePath .")!);
        XElement test = Assert.Single(report.Descendants("testcase"));
        Assert.Equal(("audit.bearer", "store/O2/accounts/A/users/U.yaml"), (test.Attribute("name")!.Value, test.Attribute("file")!.Value));
        Assert.Equal("Warning", Assert.Single(test.Elements("failure")).Attribute("type")!.Value);
    }

    [Theory]
    [InlineData("Test-NatsStore -Detailed -MinimumSeverity Time | ConvertTo-NatsReport JUnit")]
    [InlineData("$null | ConvertTo-NatsReport JUnit")]
    [InlineData("@() | ConvertTo-NatsReport JUnit")]
    [InlineData("ConvertTo-NatsReport JUnit")]
    [InlineData("ConvertTo-NatsReport JUnit -InputObject @()")]
    public void Nothing_found_is_a_report_as_well(string script) =>
        Assert.Equal("0", XDocument.Parse((string)Value(script)!).Root!.Element("testsuite")!.Attribute("failures")!.Value);

    [Fact]
    public void Findings_of_several_stores_are_told_apart_from_a_folder_above_them()
    {
        Run("New-NatsOperator P -Store ($other = New-NatsStore ./other -KeyPath ./keys2) | New-NatsAccount B | New-NatsUser V | Out-Null");
        RunResult result = Run("(Get-NatsStore), $other | Test-NatsStore -Detailed | ConvertTo-NatsReport Sarif -BasePath $PWD.Path");
        string[] files = [.. JsonNode.Parse((string)result.Single.BaseObject)!["runs"]![0]!["results"]!.AsArray()
            .Select(entry => (string)entry!["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]!)];
        Assert.Contains("store/O2/accounts/A/users/U.yaml", files);
        Assert.Contains("other/P/accounts/B/users/V.yaml", files);
    }

    [Fact]
    public void Nothing_is_written() => LeavesFilesAlone("Test-NatsStore -Detailed | ConvertTo-NatsReport Sarif | Out-Null");
}
