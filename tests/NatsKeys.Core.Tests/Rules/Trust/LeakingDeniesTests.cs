using NatsKeys.Claims;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

public class LeakingDeniesTests
{
    private static readonly ServerVersion Old = new(2, 10, 27);

    [Theory]
    [InlineData("", "foo.*", "*.x")]
    [InlineData("", "secret.>", "*.x")]
    [InlineData("", "secret.>|*.x", "*.x1")]
    [InlineData(">", "foo.*", "*.x")]
    [InlineData("foo.>", "foo.*.*", "")]
    [InlineData("foo.>", "foo.b.>", "foo.*.x")]
    [InlineData("foo.*.*", "foo.b.*", "foo.*.x")]
    [InlineData("foo.b.*", "foo.b.*", "")]
    [InlineData("foo.*", "foo.b", "")]
    [InlineData("foo.>", "foo.>", "")]
    [InlineData("", "foo.b", "")]
    [InlineData("", "*", "")]
    [InlineData("", "a.*|*.x|*.x1", "*.x2")]
    [InlineData("", "a.*|>", "")]
    [InlineData("", "a.* q", "*.x (queue q)")]
    [InlineData("", "a.x q", "*.x (queue q)")]
    [InlineData("", "a.b.>|*.b.*", "a.*.x")]
    [InlineData("", "a.x q|a.*", "*.x1")]
    [InlineData("a.x", "a.x q", "")]
    [InlineData("", "*.* q", "> (queue q)")]
    [InlineData("a.*.* q", "a.b.*", "a.*.x (queue q)")]
    [InlineData("b.*", "a.*", "")]
    public void A_subscription_that_receives_what_is_denied_is_found(string allow, string deny, string found) =>
        Assert.Equal(found, LeakingDenies.Find(Of(allow, deny), Old)?.Subscription ?? "");

    [Fact]
    public void It_is_a_finding_for_the_servers_that_leak()
    {
        var user = new UserClaims();
        user.Permissions.Sub = Of("", "secret.>").Sub;
        Finding[] Find(params ServerVersion[] servers)
        {
            var findings = new Findings(ServerVersions.Of(servers) ?? ServerVersions.All);
            ClaimUse.Check(user, DateTimeOffset.UnixEpoch, findings);
            return [.. findings.All];
        }

        Finding found = Assert.Single(Find());
        Assert.Equal(("feature.leaking-deny", FindingSeverity.Warning, "sub.deny"), (found.Rule, found.Severity, found.Claim));
        Assert.Contains("servers before 2.14.4, except 2.12.14", found.Message, StringComparison.Ordinal);
        Assert.Equal(FindingSeverity.Error, Assert.Single(Find(Old)).Severity);
        Assert.Empty(Find(new(2, 12, 14), new(2, 14, 4), new(2, 15, 1)));
        Assert.Single(Find(new(2, 12, 14), new(2, 14, 3), new(2, 15, 1)));
    }

    [Fact]
    public void A_role_is_told_with_its_placeholders()
    {
        var role = new AccountSigningKey { Key = "A", IsScoped = true, Role = "r" };
        role.Template.Sub = Of("dev.>", "dev.{{name()}}.>").Sub;
        var findings = new Findings(Old);
        ScopeUse.Check(new AccountClaims { SigningKeys = [role] }, findings);
        Finding found = Assert.Single(findings.All);
        Assert.Equal(("feature.leaking-deny", "signing_keys[0].template.sub.deny"), (found.Rule, found.Claim));
        Assert.Contains("'dev.*.x'", found.Message, StringComparison.Ordinal);
    }

    private static Permissions Of(string allow, string deny) =>
        new() { Sub = new SubjectPermission { Allow = [.. Split(allow)], Deny = [.. Split(deny)] } };

    private static string[] Split(string entries) => entries.Split('|', StringSplitOptions.RemoveEmptyEntries);
}
