using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

public class TemplateExpanderTests
{
    public static TheoryData<string, string> Cases => Vectors.Cases("scope-templates.json", "cases", "id");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Templates_are_expanded_as_the_server_did(string id, string json)
    {
        JsonObject vector = Vectors.Case(json);
        var template = new UserPermissions
        {
            // What the recorded run needed for itself, and left out of its results.
            Sub = new SubjectPermission { Allow = ["_INBOX.>", .. List(vector, "sub_allow")], Deny = List(vector, "sub_deny") },
            Pub = new SubjectPermission { Allow = ["$SYS.REQ.USER.INFO", .. List(vector, "pub_allow")], Deny = List(vector, "pub_deny") },
        };
        var user = new UserClaims { Name = vector.Text("user_name"), Subject = vector.Text("user_subject"),
            IssuerAccount = vector.Text("account_subject"), Tags = List(vector, "user_tags") };
        var account = new AccountClaims { Name = vector.Text("account_name"), Subject = vector.Text("account_subject"),
            Tags = List(vector, "account_tags") };

        var findings = new Findings();
        UserPermissions? expanded = TemplateExpander.Expand(template, user, account, findings);
        Assert.True(vector.Flag("connects") == expanded is not null, id);
        if (expanded is null)
        {
            Assert.Equal("connect.template", Assert.Single(findings.All).Rule);
            return;
        }

        AssertSame(vector, "resulting_sub_allow", expanded.Sub.Allow, "_INBOX.>");
        AssertSame(vector, "resulting_sub_deny", expanded.Sub.Deny, "");
        AssertSame(vector, "resulting_pub_allow", expanded.Pub.Allow, "$SYS.REQ.USER.INFO");
        AssertSame(vector, "resulting_pub_deny", expanded.Pub.Deny, "");
    }

    private static void AssertSame(JsonObject vector, string name, ClaimList<string> actual, string own) =>
        Assert.Equal(List(vector, name).Order(StringComparer.Ordinal),
            actual.Where(subject => subject != own).Distinct().Order(StringComparer.Ordinal));

    private static ClaimList<string> List(JsonObject vector, string name) => [.. vector[name]?.AsArray().Select(item => item!.ToString()) ?? []];
}
