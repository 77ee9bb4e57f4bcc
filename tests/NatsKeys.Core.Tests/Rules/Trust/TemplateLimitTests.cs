using System.Text.Json.Nodes;
using NatsKeys.Claims;
using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>What of a template is a placeholder, how much may come of one, and what is left where nothing does.</summary>
public class TemplateLimitTests
{
    [Theory]
    [InlineData("x.{{name()}}", "x.U")]
    [InlineData("x.{{ NAME() }}", "x.U")]
    [InlineData("{{name()}}.{{name()}}", "U.U")]
    [InlineData("{{subject()}}-{{account-name()}}", "S-A")]
    [InlineData("x{{a}{{name()}}", "x{{a}U")]
    [InlineData("{{}}.{{name()}}", "{{}}.U")]
    [InlineData("{{a}.{{name()}}", "{{a}.U")]
    [InlineData("{{name()}", "{{name()}")]
    [InlineData("name()}}", "name()}}")]
    [InlineData("{{name()}}{{", "U{{")]
    public void Placeholders_are_what_stands_between_two_braces(string entry, string expected) => Assert.Equal([expected], Allowed(entry));

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void One_placeholder_gives_so_many_subjects(int tags, bool isExpanded) =>
        Assert.Equal(isExpanded, Allowed(["{{tag(a)}}"], tags) is { } all && all.Count == tags);

    [Theory]
    [InlineData("2.9.10", true)]
    [InlineData("2.10.27", true)]
    [InlineData("2.11.13", true)]
    [InlineData("2.11.14", false)]
    [InlineData("2.12.4", true)]
    [InlineData("2.12.5", false)]
    public void Older_servers_have_no_such_limit(string version, bool isExpanded)
    {
        var template = new UserPermissions { Pub = new SubjectPermission { Allow = ["x.{{tag(a)}}"] } };
        UserClaims user = User([.. Enumerable.Range(0, 4097).Select(index => $"a:{index}")]);
        Assert.Equal(isExpanded, TemplateExpander.Expand(template, user, Account(), new Findings(), ServerVersion.Parse(version)) is not null);

        var findings = new Findings(ServerVersions.Of([ServerVersion.Parse(version)]));
        string key = Tokens.PayloadOf(Tokens.User())["iss"]!.ToString();
        var account = new AccountClaims { SigningKeys = [new AccountSigningKey { Key = key, IsScoped = true, Role = "r", Template = template }] };
        new UserChecks(account, findings.Servers).Check(user, key, findings);
        Assert.Equal(!isExpanded, findings.HasErrors);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void So_do_two_of_them_with_each_other(int tags, bool isExpanded)
    {
        List<string> more = [.. Enumerable.Range(0, 64).Select(index => $"b:{index}")];
        Assert.Equal(isExpanded, Allowed(["{{tag(a)}}.{{tag(b)}}"], tags, more)?.Count == tags * 64);
    }

    [Theory]
    [InlineData(4095, true)]
    [InlineData(4096, false)]
    public void So_do_several_entries_together(int tags, bool isExpanded) =>
        Assert.Equal(isExpanded, Allowed(["{{tag(a)}}", "one"], tags)?.Count == tags + 1);

    [Theory]
    [InlineData(250, true)]
    [InlineData(1100, false)]
    public void Subjects_that_are_long_are_fewer(int length, bool isExpanded) =>
        Assert.Equal(isExpanded, Allowed(["{{tag(a)}}." + new string('x', length)], 1000)?.Count == 1000);

    [Theory]
    [InlineData(600, 1, false)]
    [InlineData(200, 1, true)]
    [InlineData(1, 600, false)]
    [InlineData(1, 200, true)]
    public void The_longest_of_them_counts(int first, int second, bool isExpanded)
    {
        string[] tags = ["b:y", $"b:{new string('y', second)}", "c:z", $"c:{new string('z', first)}"];
        Assert.Equal(isExpanded, Allowed(["{{tag(c)}}.{{tag(a)}}.{{tag(b)}}"], 1000, tags) is { Count: 4000 });
    }

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void On_older_servers_the_limit_is_that_of_a_token(int tags, bool isExpanded)
    {
        var findings = new Findings();
        var template = new UserPermissions { Pub = new SubjectPermission { Allow = ["{{tag(a)}}.{{tag(b)}}"] } };
        UserClaims user = User([
            .. Enumerable.Range(0, 256).Select(index => $"a:{index}"), .. Enumerable.Range(0, tags).Select(index => $"b:{index}")]);
        UserPermissions? expanded = TemplateExpander.Expand(template, user, Account(), findings, new ServerVersion(2, 9, 10));
        Assert.Equal(isExpanded, expanded?.Pub.Allow.Count == 256 * tags);
        Assert.Equal(isExpanded ? 0 : 1, findings.All.Count);
    }

    /// <summary>Only a tag that is missing leaves a token empty, for which older servers crash.</summary>
    [Theory]
    [InlineData("{{nome()}}.{{tag(a)}}")]
    [InlineData("{{tag(x}}.{{tag(a)}}")]
    public void What_older_servers_know_no_function_for_is_no_subject(string entry)
    {
        var findings = new Findings();
        var template = new UserPermissions { Pub = new SubjectPermission { Allow = [entry, "y"] } };
        UserPermissions? expanded = TemplateExpander.Expand(template, User(["a:1"]), Account(), findings, new ServerVersion(2, 9, 10));
        Assert.Empty(findings.All);
        Assert.Equal(["y"], expanded?.Pub.Allow);
    }

    [Fact]
    public void What_is_no_subject_is_dropped_of_what_is_allowed_and_keeps_the_user_out_where_it_is_denied()
    {
        Assert.Equal(["ok.x"], Allowed(["{{tag(t)}}.x"], 0, ["t:ok", "t:a..b"]));
        string noSubject = Denied("{{tag(t)}}.x", "t:ok", "t:a..b")!;
        string noValue = Denied("{{tag(none)}}.x")!;
        Assert.Equal(["'U'", "'{{tag(t)}}.x'"], Quoted(noSubject));
        Assert.Equal(["'U'", "'{{tag(none)}}.x'"], Quoted(noValue));
        Assert.Contains(" {{tag(none)}}", noValue, StringComparison.Ordinal);
        Assert.Null(Denied("{{tag(t)}}.x", "t:ok"));
    }

    [Theory]
    [InlineData("2.9.10")]
    [InlineData("2.15.1")]
    public void A_list_that_is_stated_and_empty_stays_so(string version)
    {
        var template = (UserPermissions)((AccountClaims)JwtReader.Read(Stated()).Claims).SigningKeys[0].Template.Copy();
        UserPermissions expanded = TemplateExpander.Expand(
            template, new UserClaims { Name = "U" }, new AccountClaims(), new Findings(), ServerVersion.Parse(version))!;
        Assert.False(PermissionEvaluator.Publish(expanded, "x", ServerVersion.Parse(version)).IsAllowed);
    }

    private static string Stated()
    {
        JsonObject payload = Tokens.Payload("account-min");
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        payload["nats"]!["signing_keys"] = new JsonArray(new JsonObject
        {
            ["kind"] = "user_scope", ["key"] = key.PublicKey, ["role"] = "r",
            ["template"] = new JsonObject { ["pub"] = new JsonObject { ["allow"] = new JsonArray(), ["deny"] = new JsonArray("d") } },
        });
        return Tokens.Sign(payload.ToJsonString(), "O1");
    }

    [Fact]
    public void Where_nothing_is_left_of_what_was_allowed_everything_is_denied()
    {
        var template = new UserPermissions { Pub = new SubjectPermission { Allow = ["{{tag(none)}}"], Deny = ["d"] },
            Sub = new SubjectPermission { Deny = ["e"] } };
        UserPermissions expanded = TemplateExpander.Expand(template, new UserClaims { Name = "U" }, new AccountClaims(), new Findings())!;
        Assert.Empty(expanded.Pub.Allow);
        Assert.Equal(["d", ">"], expanded.Pub.Deny);
        Assert.Equal(["e"], expanded.Sub.Deny);
    }

    [Theory]
    [InlineData("x.{{name()}}.{{tag(a)}}", "x.x.x")]
    [InlineData("x.{{Tag(a)}}", "x.x", "{{Tag(a)}}")]
    [InlineData("x.{{TAG(a)}}", "x.x", "{{TAG(a)}}")]
    [InlineData("x.{{Name()}}", "x.x")]
    [InlineData("x.{{nome()}}.{{tag(a}}", "x.x.x", "{{nome()}}", "{{tag(a}}")]
    [InlineData("plain", "plain")]
    public void A_sample_has_something_for_each_placeholder_and_tells_what_is_none(string entry, string expected, params string[] wrong)
    {
        var findings = new Findings();
        UserPermissions sample = TemplateExpander.Sample(
            new UserPermissions { Sub = new SubjectPermission { Allow = [entry] }, Pub = new SubjectPermission { Deny = ["y"] } }, findings);
        Assert.Equal([expected], sample.Sub.Allow);
        Assert.Equal(["y"], sample.Pub.Deny);
        Assert.Equal(wrong, findings.All.Select(finding => finding.Message.Split('\'')[1]));
        Assert.All(findings.All, finding => Assert.Equal("template.sub.allow", finding.Claim));
    }

    private static ClaimList<string>? Allowed(string entry) => Allowed([entry], 0);

    /// <summary>What comes of allowed entries for a user with so many tags <c>a:…</c>, and others.</summary>
    private static ClaimList<string>? Allowed(ClaimList<string> entries, int tags, IEnumerable<string>? more = null) =>
        TemplateExpander.Expand(
            new UserPermissions { Pub = new SubjectPermission { Allow = entries } },
            User([.. Enumerable.Range(0, tags).Select(index => $"a:{index}"), .. more ?? []]), Account(), new Findings())?.Pub.Allow;

    /// <summary>Why a denied entry keeps a user out; null where it does not.</summary>
    private static string? Denied(string entry, params string[] tags)
    {
        var findings = new Findings();
        UserPermissions? expanded = TemplateExpander.Expand(
            new UserPermissions { Pub = new SubjectPermission { Deny = [entry] } }, User([.. tags]), Account(), findings);
        Assert.Equal(findings.All.Any(), expanded is null);
        return findings.All.SingleOrDefault()?.Message;
    }

    private static IEnumerable<string> Quoted(string message) =>
        message.Split('\'').Where((_, index) => index % 2 == 1).Select(word => $"'{word}'").Order(StringComparer.Ordinal);

    private static UserClaims User(ClaimList<string> tags) => new() { Name = "U", Subject = "S", Tags = tags };

    private static AccountClaims Account() => new() { Name = "A" };
}
