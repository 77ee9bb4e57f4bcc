using System.Text.Json.Nodes;
using NatsKeys.Jwt;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

public class ValidationVectorTests
{
    public static TheoryData<string, string> All => Vectors.Cases("validation.json", "cases", "id");

    public static TheoryData<string, string> Validity => Vectors.Cases("subjects.json", "validity", "subject");

    public static TheoryData<string, string> Wildcards => Vectors.Cases("subjects.json", "wildcards", "subject");

    public static TheoryData<string, string> Contained => Vectors.Cases("subjects.json", "contained_in", "subject");

    public static TheoryData<string, string> Renaming => Vectors.Cases("subjects.json", "renaming_to_subject", "local_subject");

    [Theory]
    [MemberData(nameof(All))]
    public void Claims_break_the_rules_that_the_reference_reports(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        IReadOnlyList<Finding> findings = ClaimValidator.Check(JwtReader.Read(vector.Text("token")).Claims, TimeProvider.System.GetUtcNow());
        string[] expected = [.. vector["issues"]!.AsArray().Select(issue => $"{issue!["rule"]} {issue["severity"]}")];
        string[] actual = [.. findings.Select(finding => $"{finding.Rule} {finding.Severity.ToString().ToLowerInvariant()}")
            .Order(StringComparer.Ordinal)];
        Assert.True(expected.Order(StringComparer.Ordinal).SequenceEqual(actual),
            $"{id}: {string.Join(", ", actual)} instead of {string.Join(", ", expected)}");
        Assert.All(findings, finding => Assert.False(string.IsNullOrWhiteSpace(finding.Message)));
        Assert.All(findings, finding => Assert.Contains(ValidationRules.All, rule => rule.Name == finding.Rule && rule.Severity == finding.Severity));
    }

    [Theory]
    [MemberData(nameof(Validity))]
    public void Subjects_are_checked(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        var findings = new Findings();
        Subjects.Check(vector.Text("subject"), "subject", findings);
        Assert.Equal(vector["issues"]!.AsArray().Select(issue => issue!.ToString()), findings.All.Select(finding => finding.Rule));
        Assert.NotNull(id);
    }

    [Theory]
    [MemberData(nameof(Wildcards))]
    public void Wildcards_are_seen(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        Assert.True(vector.Flag("has_wildcards") == Subjects.HasWildcards(vector.Text("subject")), id);
    }

    [Theory]
    [MemberData(nameof(Contained))]
    public void Containment_is_told(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        Assert.True(vector.Flag("contained") == Subjects.IsContainedAsInReference(vector.Text("subject"), vector.Text("in")), id);
    }

    [Theory]
    [MemberData(nameof(Renaming))]
    public void References_are_wildcards(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        Assert.True(vector.Text("as_subject") == Subjects.WithoutReferences(vector.Text("local_subject")), id);
    }

    [Fact]
    public void Every_rule_has_a_name_of_its_own() =>
        Assert.Equal(ValidationRules.All.Count, ValidationRules.All.Select(rule => rule.Name).Distinct().Count());
}
