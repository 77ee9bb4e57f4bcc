using System.Text.Json.Nodes;
using System.Xml.Linq;
using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Inspection;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Inspection;

public class FindingReportTests
{
    private static readonly string[] Levels = ["error", "warning", "note"];

    [Fact]
    public void Sarif_has_what_its_schema_demands()
    {
        using StoreBox box = Box();
        StoreFinding[] findings = Advised(box);
        JsonNode report = Sarif(findings);

        Assert.Equal("2.1.0", (string?)report["version"]);
        Assert.EndsWith("/sarif-schema-2.1.0.json", (string?)report["$schema"], StringComparison.Ordinal);
        JsonNode run = Assert.Single(report["runs"]!.AsArray())!;
        Assert.Equal("NatsKeys", (string?)run["tool"]!["driver"]!["name"]);
        Assert.Matches(@"^\d+\.\d+\.\d+$", (string?)run["tool"]!["driver"]!["semanticVersion"]);
        JsonArray rules = run["tool"]!["driver"]!["rules"]!.AsArray();
        Assert.All(rules, rule =>
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)rule!["shortDescription"]!["text"]));
            Assert.Equal($"Mend {rule["id"]}.", (string?)rule["help"]!["text"]);
            Assert.Contains((string?)rule["defaultConfiguration"]!["level"], Levels);
        });
        Assert.Equal(findings.Select(finding => finding.Rule).Distinct().Order(StringComparer.Ordinal), rules.Select(rule => (string?)rule!["id"]));

        JsonArray results = run["results"]!.AsArray();
        Assert.Equal(findings.Select(finding => finding.Rule), results.Select(result => (string?)result!["ruleId"]));
        Assert.All(results, result =>
        {
            Assert.Equal((string?)result!["ruleId"], (string?)rules[(int)result["ruleIndex"]!]!["id"]);
            Assert.Contains((string?)result["level"], Levels);
            Assert.False(string.IsNullOrWhiteSpace((string?)result["message"]!["text"]));
            Assert.Single(result["locations"]!.AsArray());
        });
        Assert.Distinct(results.Select(result => (string?)result!["partialFingerprints"]!["finding/v1"]));
    }

    [Fact]
    public void A_result_names_the_file_from_the_store_and_the_line_of_the_claim()
    {
        using StoreBox box = Box();
        string file = box.At("store", "O", "accounts", "A", "account.yaml");
        JsonNode result = Result(box, "audit.full-wildcard");

        Assert.Equal("O/accounts/A/account.yaml", (string?)Location(result)["artifactLocation"]!["uri"]);
        Assert.Equal(File.ReadAllLines(file).ToList().FindIndex(line => line.Trim() == "allow:") + 1, (int)Location(result)["region"]!["startLine"]!);
        Assert.Equal("account O/A", (string?)result["locations"]![0]!["logicalLocations"]![0]!["fullyQualifiedName"]);

        File.WriteAllText(box.At("store", "O", "accounts", "A", "users", "U.yaml"), "kind: user\nname: [\n");
        Assert.Equal(3, (int)Location(Result(box, "store.unreadable"))["region"]!["startLine"]!);
    }

    [Fact]
    public void Files_are_named_from_the_folder_that_was_asked_for_and_as_a_uri()
    {
        using StoreBox box = new StoreBox(StorePlace.Disk).With(new EntityPath("O", "A b", "Ü#"));
        IEnumerable<StoreFinding> findings = StoreAuditor.Check(box.Store).Where(finding => finding.Rule == "audit.never-expires");
        JsonNode result = Sarif(findings, box.At())["runs"]![0]!["results"]![0]!;
        Assert.Equal("store/O/accounts/A%20b/users/%C3%9C%23.yaml", (string?)Location(result)["artifactLocation"]!["uri"]);
    }

    [Fact]
    public void What_lies_in_no_file_of_the_store_is_told_at_the_file_that_makes_the_store()
    {
        using StoreBox box = Box();
        box.Store.Delete(StoreBox.U);
        JsonNode result = Result(box, "audit.orphaned-key");
        Assert.Equal("natskeys.yaml", (string?)Location(result)["artifactLocation"]!["uri"]);
        Assert.Null(Location(result)["region"]);

        using StoreBox memory = new StoreBox(StorePlace.Memory).With(StoreBox.U);
        Assert.Null(Result(memory, "audit.never-expires")["locations"]![0]!["physicalLocation"]);
    }

    [Fact]
    public void A_fingerprint_stays_where_the_finding_does()
    {
        using StoreBox box = Box();
        string before = Fingerprint(box, "audit.full-wildcard");
        string file = box.At("store", "O", "accounts", "A", "account.yaml");
        File.WriteAllText(file, "# moved\n" + File.ReadAllText(file));
        Assert.Equal(before, Fingerprint(box, "audit.full-wildcard"));

        var twice = new StoreFinding(StoreBox.A, "imports.overlap", FindingSeverity.Error, "imports", "One.");
        JsonArray results = Sarif([twice, twice with { Message = "Two." }])["runs"]![0]!["results"]!.AsArray();
        string?[] prints = [.. results.Select(result => (string?)result!["partialFingerprints"]!["finding/v1"])];
        Assert.Equal((prints[0]![..^2], ":1", ":2"), (prints[1]![..^2], prints[0]![^2..], prints[1]![^2..]));
    }

    [Fact]
    public void Braces_stand_for_themselves_in_a_message()
    {
        var finding = new StoreFinding(StoreBox.U, "audit.full-wildcard", FindingSeverity.Warning, "", "May publish to 'a.{{name()}}' and {0}.");
        Assert.Equal("May publish to 'a.{{{{name()}}}}' and {{0}}.", (string?)Sarif([finding])["runs"]![0]!["results"]![0]!["message"]!["text"]);
    }

    [Fact]
    public void JUnit_has_a_suite_with_a_test_that_failed_for_each_finding()
    {
        using StoreBox box = Box();
        StoreFinding[] findings = Advised(box);
        XElement suite = JUnit(findings, box.Clock);

        Assert.Equal(("NatsKeys", "0", "0", "2026-01-01T00:00:00"),
            (Attribute(suite, "name"), Attribute(suite, "errors"), Attribute(suite, "skipped"), Attribute(suite, "timestamp")));
        Assert.Equal($"{findings.Length} {findings.Length}", $"{Attribute(suite, "tests")} {Attribute(suite, "failures")}");
        Assert.Equal(findings.Select(finding => finding.Rule), suite.Elements("testcase").Select(test => Attribute(test, "name")));
        Assert.All(suite.Elements("testcase").Zip(findings), pair =>
        {
            XElement failure = Assert.Single(pair.First.Elements());
            Assert.Equal(("failure", pair.Second.Severity.ToString(), pair.Second.Message),
                (failure.Name.LocalName, Attribute(failure, "type"), Attribute(failure, "message")));
            Assert.Contains(pair.Second.Advice!, failure.Value, StringComparison.Ordinal);
            Assert.False(string.IsNullOrEmpty(Attribute(pair.First, "classname")));
        });
        Assert.Equal("O/accounts/A/account.yaml",
            Attribute(suite.Elements("testcase").First(test => Attribute(test, "name") == "audit.full-wildcard"), "file"));
    }

    [Fact]
    public void Without_advice_a_report_has_the_findings_alone()
    {
        var finding = new StoreFinding(StoreBox.A, "imports.overlap", FindingSeverity.Error, "imports", "One.");
        Assert.Null(Sarif([finding])["runs"]![0]!["tool"]!["driver"]!["rules"]![0]!["help"]);
        Assert.Equal("One.", JUnit([finding], TimeProvider.System).Element("testcase")!.Element("failure")!.Value);
    }

    [Fact]
    public void No_findings_are_a_report_that_says_so()
    {
        JsonNode run = Sarif([])["runs"]![0]!;
        Assert.Empty(run["results"]!.AsArray());
        Assert.Empty(run["tool"]!["driver"]!["rules"]!.AsArray());

        XElement suite = JUnit([], TimeProvider.System);
        Assert.Equal(("1", "0"), (Attribute(suite, "tests"), Attribute(suite, "failures")));
        Assert.Empty(Assert.Single(suite.Elements()).Elements());
    }

    [Theory]
    [InlineData("a\u0001b", "a\uFFFDb")]
    [InlineData("a\u202eb\u3164c", "a\\u{202e}b\\u{3164}c")]
    [InlineData("<&>\"' \u00fc \ud83d\udd11", "<&>\"' \u00fc \ud83d\udd11")]
    public void Whatever_somebody_wrote_makes_a_report_that_can_be_read(string message, string shown)
    {
        var finding = new StoreFinding(StoreBox.U, "no.such-rule", FindingSeverity.Error, "", message);

        // SARIF has arguments in braces, so that a brace of the text is written twice.
        string inSarif = shown.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
        Assert.Equal(inSarif, (string?)Sarif([finding])["runs"]![0]!["results"]![0]!["message"]!["text"]);
        Assert.Equal(shown, Attribute(JUnit([finding], TimeProvider.System).Element("testcase")!.Element("failure")!, "message"));
    }

    [Fact]
    public void Half_a_character_and_what_is_none_are_shown_as_such() =>
        Whatever_somebody_wrote_makes_a_report_that_can_be_read($"half {'\ud83d'} and {'\uffff'}", "half \uFFFD and \uFFFD");

    /// <summary>What a check finds, with advice as a program adds it.</summary>
    [Fact]
    public void JUnit_spells_a_name_that_xml_cannot_hold()
    {
        var finding = new StoreFinding(new EntityPath("a\uFFFF\u202E"), "key.shared", FindingSeverity.Error, "sub", "One.");
        string name = Attribute(JUnit([finding], TimeProvider.System).Element("testcase")!, "classname")!;
        Assert.StartsWith("NatsKeys: operator a", name, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', name);
    }

    private static StoreFinding[] Advised(StoreBox box) =>
        [.. StoreAuditor.Check(box.Store).Select(finding => finding with { Advice = $"Mend {finding.Rule}." })];

    /// <summary>A user that may do everything, a signing key without a role, and a role that may publish to '&gt;'.</summary>
    private static StoreBox Box()
    {
        StoreBox box = new StoreBox(StorePlace.Disk).With(StoreBox.U);
        box.AddSigningKey(StoreBox.A);
        box.AddRole("reader");
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).SigningKeys.Single(key => key.IsScoped).Template.Pub.Allow.Add(">"));
        return box;
    }

    private static JsonNode Sarif(IEnumerable<StoreFinding> findings, string? basePath = null) =>
        JsonNode.Parse(FindingReport.Write(findings, ReportFormat.Sarif, basePath))!;

    private static JsonNode Result(StoreBox box, string rule) =>
        Sarif(StoreAuditor.Check(box.Store))["runs"]![0]!["results"]!.AsArray().First(result => (string?)result!["ruleId"] == rule)!;

    private static string Fingerprint(StoreBox box, string rule) => (string)Result(box, rule)["partialFingerprints"]!["finding/v1"]!;

    private static JsonNode Location(JsonNode result) => result["locations"]![0]!["physicalLocation"]!;

    private static XElement JUnit(IEnumerable<StoreFinding> findings, TimeProvider clock)
    {
        XElement root = XDocument.Parse(FindingReport.Write(findings, ReportFormat.JUnit, basePath: null, clock)).Root!;
        Assert.Equal("testsuites", root.Name.LocalName);
        return Assert.Single(root.Elements("testsuite"));
    }

    private static string Attribute(XElement element, string name) => element.Attribute(name)!.Value;
}
