using System.Globalization;
using NatsKeys.Claims;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Inspection;
using NatsKeys.Rules;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>What servers of one version decide and those of another do not. Real servers hold the same in the differential tests.</summary>
public class OlderServersTests
{
    private static readonly ServerVersion Oldest = new(2, 9, 10);
    private static readonly ServerVersion Newest = new(2, 15, 1);
    private static readonly DateTimeOffset Night = DateTimeOffset.Parse("2026-11-23T23:30:00Z", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("22:00:00", "06:00:00", 0, true, true)]
    [InlineData("22:00:00", "06:00:00", 6, false, true)]
    [InlineData("22:00:00", "23:45:00", 0, true, true)]
    [InlineData("06:00:00", "22:00:00", 0, false, false)]
    public void Hours_over_midnight_hold_on_newer_servers_alone(string start, string end, int hoursLater, bool onOldest, bool onNewest)
    {
        UserPermissions permissions = Hours((start, end));
        DateTimeOffset now = Night.AddHours(hoursLater);
        Assert.Equal(onOldest, ConnectionTimes.EndOfRange(permissions, now, Oldest) > now);
        Assert.Equal(onNewest, ConnectionTimes.EndOfRange(permissions, now, Newest) > now);
        Assert.Equal(onNewest, ConnectionTimes.EndOfRange(permissions, now) > now);
    }

    [Fact]
    public void Older_servers_end_at_the_first_range_that_holds_and_newer_ones_at_the_last()
    {
        UserPermissions permissions = Hours(("23:00:00", "23:40:00"), ("23:00:00", "23:50:00"));
        Assert.Equal(Night.AddMinutes(10), ConnectionTimes.EndOfRange(permissions, Night, Oldest));
        Assert.Equal(Night.AddMinutes(20), ConnectionTimes.EndOfRange(permissions, Night, Newest));
    }

    [Fact]
    public void Older_servers_stop_at_what_is_no_time_and_newer_ones_let_nobody_in()
    {
        UserPermissions permissions = Hours(("23:00:00", "23:40:00"), ("late", "later"));
        Assert.NotNull(ConnectionTimes.EndOfRange(permissions, Night, Oldest));
        Assert.Null(ConnectionTimes.EndOfRange(permissions, Night, Newest));
    }

    [Fact]
    public void Without_a_zone_the_hours_are_those_of_the_server()
    {
        UserPermissions permissions = Hours(("00:00:00", "23:59:59"));
        permissions.TimesLocation = "";
        Assert.NotNull(ConnectionTimes.EndOfRange(permissions, Night));
    }

    [Theory]
    [InlineData("a q", "a", "q", true)]
    [InlineData("a q.*", "a", "q.x", true)]
    [InlineData("a q.*", "a", "q", false)]
    [InlineData("a q.*", "a", "q.x.y", false)]
    [InlineData("a q.>", "a", "q.x.y", true)]
    [InlineData("a q.>", "a", "q", false)]
    [InlineData("a *.y", "a", "x.y", true)]
    [InlineData("a *.y", "a", "*.y", true)]
    [InlineData("a x.*", "a", "x.>", false)]
    [InlineData("a x.y", "a", "*.y", false)]
    [InlineData("a q*", "a", "qx", false)]
    [InlineData("a q*", "a", "q*", true)]
    [InlineData("a r", "a", "q", false)]
    [InlineData("a q r", "a", "q", false)]
    public void An_entry_of_a_queue_allows_that_queue(string entry, string subject, string queue, bool isAllowed)
    {
        var permissions = new Permissions { Sub = new SubjectPermission { Allow = [entry] } };
        Assert.Equal(isAllowed, PermissionEvaluator.Subscribe(permissions, subject, queue).IsAllowed);
        Assert.False(PermissionEvaluator.Subscribe(permissions, subject).IsAllowed);
    }

    [Fact]
    public void The_first_entry_that_matches_is_the_one_that_is_named()
    {
        var permissions = new Permissions { Sub = new SubjectPermission { Deny = ["a.*", "a.b"] } };
        Assert.Contains("'a.*'", PermissionEvaluator.Subscribe(permissions, "a.b").Message, StringComparison.Ordinal);
        permissions = new Permissions { Sub = new SubjectPermission { Allow = ["a.*", "a.b"] } };
        Assert.Contains("'a.*'", PermissionEvaluator.Subscribe(permissions, "a.b").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a q", "a", false, true)]
    [InlineData("a", "a", false, false)]
    [InlineData("a b c", "a", true, true)]
    public void A_queue_in_what_is_denied_to_publish_is_left_out_by_newer_servers(string deny, string subject, bool onNewest, bool onOldest)
    {
        var permissions = new Permissions { Pub = new SubjectPermission { Deny = [deny] } };
        Assert.Equal(onNewest, PermissionEvaluator.Publish(permissions, subject, Newest).IsAllowed);
        Assert.Equal(onOldest, PermissionEvaluator.Publish(permissions, subject, Oldest).IsAllowed);
    }

    /// <summary>A queue that is no subject makes an entry that newer servers ignore, and older ones hold against the queue of that name.</summary>
    [Fact]
    public void A_queue_that_is_no_subject_counts_on_older_servers()
    {
        var denied = new Permissions { Sub = new SubjectPermission { Deny = ["a q..x"] }, Pub = new SubjectPermission { Deny = ["a q..x"] } };
        Assert.False(PermissionEvaluator.Subscribe(denied, "a", "q..x", Oldest).IsAllowed);
        Assert.True(PermissionEvaluator.Subscribe(denied, "a", "q..x", Newest).IsAllowed);
        Assert.True(PermissionEvaluator.Publish(denied, "a", Newest).IsAllowed);
    }

    [Theory]
    [InlineData("2.10.21", true)]
    [InlineData("2.10.22", false)]
    [InlineData("2.11.11", false)]
    [InlineData("2.11.12", true)]
    [InlineData("2.12.3", false)]
    [InlineData("2.12.4", true)]
    [InlineData("2.15.1", true)]
    public void A_longer_entry_hides_one_with_a_wildcard_on_some_servers(string version, bool isAllowed)
    {
        var permissions = new Permissions { Pub = new SubjectPermission { Allow = ["a.*", "a.b.c"] } };
        ServerVersion server = ServerVersion.Parse(version);
        Assert.Equal(isAllowed, PermissionEvaluator.Publish(permissions, "a.b", server).IsAllowed);
        Assert.Equal(isAllowed, PermissionEvaluator.Publishable(permissions, server).Contains("a.b"));
    }

    [Theory]
    [InlineData("2.12.6", true)]
    [InlineData("2.12.7", false)]
    public void What_is_denied_to_a_queue_is_received_where_that_replaces_what_is_denied_to_all(string version, bool isReceived)
    {
        var permissions = new Permissions { Sub = new SubjectPermission { Allow = ["a"], Deny = ["a q", "a"] } };
        Assert.Equal(isReceived, PermissionEvaluator.Receivable(permissions, ServerVersion.Parse(version)).Contains("a"));
        Assert.Equal(isReceived, PermissionEvaluator.SubscriptionFor(permissions, "a", ServerVersion.Parse(version)) is not null);
    }

    [Fact]
    public void What_is_not_listed_is_denied_by_the_list_and_without_a_list_all_is_allowed()
    {
        PermissionVerdict verdict = PermissionEvaluator.Publish(new Permissions { Pub = new SubjectPermission { Allow = ["y"] } }, "a");
        Assert.Equal((false, "pub.allow"), (verdict.IsAllowed, verdict.Rule));
        Assert.Contains("'a'", verdict.Message, StringComparison.Ordinal);
        Assert.True(PermissionEvaluator.Publish(new Permissions { Pub = new SubjectPermission { Deny = ["x"] } }, "a").IsAllowed);
    }

    [Theory]
    [InlineData("a.*|a.b.c", "a.b", null, "a.*")]
    [InlineData("a.*|a.b", "a.b", "a.b", "a.b")]
    [InlineData("a.>|a.b.c", "a.b.c", "a.>", "a.>")]
    [InlineData("*.b|a.c", "a.b", "*.b", "*.b")]
    [InlineData("a.>.b", "a.x", null, null)]
    [InlineData("a.>.b", "a.x.b", null, null)]
    [InlineData("a.>.b|a.x", "a.x", null, null)]
    [InlineData("a.>|a.>.c", "a.x", "a.>", "a.>")]
    [InlineData("a..b", "a..b", null, null)]
    [InlineData("*.a|*.b", "x.a", "*.a", "*.a")]
    [InlineData("a..b", "a", null, null)]
    [InlineData("a", "a.b", null, null)]
    [InlineData("a.b", "a", null, null)]
    [InlineData("*", "a", "*", "*")]
    [InlineData("*.*", "a", null, null)]
    public void Publishing_is_looked_up_level_by_level(string entries, string subject, string? whereTextHides, string? whereItDoesNot)
    {
        Assert.Equal(whereTextHides, new PublishInterest(entries.Split('|'), hides: true).Find(subject.Split('.')));
        Assert.Equal(whereItDoesNot, new PublishInterest(entries.Split('|'), hides: false).Find(subject.Split('.')));
    }

    [Theory]
    [InlineData("x.{{name()}}", "x.U")]
    [InlineData("x.{{NAME()}}.y", "x.U.y")]
    [InlineData("x.{{subject()}}", "x.US")]
    [InlineData("x.{{account-name()}}", "x.A")]
    [InlineData("x.{{account-subject()}}", "x.AS")]
    [InlineData("x.{{tag(dept)}}", "x.one|x.two")]
    [InlineData("x.{{account-tag(region)}}", "x.eu")]
    [InlineData("{{tag(dept)}}.{{account-tag(region)}}", "one.eu|two.eu")]
    [InlineData("x.pre{{name()}}", "x.pre{{name()}}")]
    [InlineData("x.{{ name() }}", "")]
    [InlineData("x.{{tag(none)}}", "")]
    [InlineData("x.{{role(dept)}}", "")]
    [InlineData("x.{{}", "x.{{}")]
    [InlineData("plain", "plain")]
    public void Templates_of_old_servers_are_expanded_token_by_token(string entry, string expected)
    {
        var user = new UserClaims { Name = "U", Subject = "US", IssuerAccount = "AS", Tags = ["dept:one", "dept:two", "region:us"] };
        var account = new AccountClaims { Name = "A", Subject = "AS", Tags = ["region:eu", "dept:three"] };
        ClaimList<string>? found = TokenwiseTemplate.Expand(
            [entry], "sub.allow", dropsBad: true, user, account, new Findings(), new ServerVersion(2, 10, 27));
        Assert.Equal(expected, string.Join('|', found!));
    }

    [Fact]
    public void An_old_server_ends_where_one_of_two_tags_is_missing_and_is_said_to()
    {
        var user = new UserClaims { Name = "U", Subject = "US", IssuerAccount = "AS", Tags = ["dept:one"] };
        var findings = new Findings();
        Assert.Null(TokenwiseTemplate.Expand(
            ["{{tag(dept)}}.{{tag(none)}}"], "sub.allow", dropsBad: true, user, new AccountClaims(), findings, Oldest));
        Assert.Equal("connect.template-crash", Assert.Single(findings.All).Rule);
        Assert.Empty(TokenwiseTemplate.Expand(
            ["{{tag(dept)}}.{{tag(none)}}"], "sub.allow", dropsBad: true, user, new AccountClaims(), new Findings(), new ServerVersion(2, 10, 27))!);
    }

    [Theory]
    [InlineData(-1, "time.expired")]
    [InlineData(0, "connect.account-expired")]
    [InlineData(1, null)]
    public void The_users_of_an_account_come_in_until_it_expires(int secondsLeft, string? rule)
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.U);
        DateTimeOffset end = DateTimeOffset.UtcNow.AddDays(1);
        box.Resign(StoreBox.A, claims => claims.Expires = end.ToUnixTimeSeconds());
        NatsEntity user = box.Store.Get(StoreBox.U);
        ConnectDecision decision = StoreTrust.Of((NatsUser)user).Decide(new ConnectAttempt(user.Jwt!)
        {
            Time = DateTimeOffset.FromUnixTimeSeconds(end.ToUnixTimeSeconds() - secondsLeft),
            Proof = NonceProof.Good,
        });
        Assert.Equal(rule, decision.Refusal?.Rule);
    }

    [Fact]
    public void The_ways_to_connect_of_a_role_count_for_newer_servers_alone()
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.A);
        string key = box.AddRole("web");
        box.Resign(StoreBox.A, claims => ((AccountClaims)claims).SigningKeys.Single(listed => listed.Key == key).Template = new UserPermissions
        {
            AllowedConnectionTypes = ["WEBSOCKET"],
        });
        box.Create(StoreBox.A, new NewEntity("R") { SigningKey = SigningKeyChoice.Named("web") });
        var user = (NatsUser)box.Store.Get(StoreBox.A.Child("R"));
        var attempt = new ConnectAttempt(user.Jwt!) { Time = DateTimeOffset.UtcNow, Proof = NonceProof.Good, ConnectionType = "STANDARD" };
        ServerTrust trust = StoreTrust.Of(user);
        Assert.Equal("connect.connection-type", trust.Decide(attempt).Refusal?.Rule);
        Assert.Equal("connect.connection-type", trust.Decide(attempt with { Server = new ServerVersion(2, 10, 19) }).Refusal?.Rule);
        Assert.True(trust.Decide(attempt with { Server = new ServerVersion(2, 10, 18) }).IsAllowed);
        Assert.True(trust.Decide(attempt with { ConnectionType = "WEBSOCKET" }).IsAllowed);
    }

    [Fact]
    public void A_proxy_is_required_by_servers_that_know_of_proxies()
    {
        using StoreBox box = new StoreBox(StorePlace.Memory).With(StoreBox.U);
        box.Resign(StoreBox.U, claims => ((UserClaims)claims).Permissions.ProxyRequired = true);
        var user = (NatsUser)box.Store.Get(StoreBox.U);
        var attempt = new ConnectAttempt(user.Jwt!) { Time = DateTimeOffset.UtcNow, Proof = NonceProof.Good };
        ServerTrust trust = StoreTrust.Of(user);
        Assert.Equal("connect.proxy", trust.Decide(attempt).Refusal?.Rule);
        Assert.Equal("connect.proxy", trust.Decide(attempt with { Server = Newest }).Refusal?.Rule);
        Assert.True(trust.Decide(attempt with { ThroughTrustedProxy = true }).IsAllowed);
        Assert.True(trust.Decide(attempt with { Server = new ServerVersion(2, 11, 17) }).IsAllowed);
    }

    private static UserPermissions Hours(params (string Start, string End)[] ranges) =>
        new() { TimesLocation = "UTC", Times = [.. ranges.Select(range => new TimeRange { Start = range.Start, End = range.End })] };
}
