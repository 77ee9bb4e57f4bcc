using NatsKeys.Claims;
using NatsKeys.Keys;
using NatsKeys.Rules;

namespace NatsKeys.Core.Tests.Rules;

/// <summary>What servers take and do not use as it is meant: each rule where it speaks, and where it does not.</summary>
public class ClaimUseTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private static readonly string Exporter = PublicKeyOf(NatsKeyType.Account);

    [Theory]
    [InlineData("a.*", "b.$1", "")]
    [InlineData("a.*.*", "b.$2.$1", "")]
    [InlineData("a.>", "b.>", "")]
    [InlineData("a.*", "b.{{wildcard(1)}}", "")]
    [InlineData("a.*", "b.{{partition(3,1)}}.$1", "")]
    [InlineData("a.*", "b.{{split(1,-)}}", "")]
    [InlineData("a.*", "b.$2", "mapping.reference")]
    [InlineData("a.*", "b.{{wildcard(2)}}", "mapping.reference")]
    [InlineData("a", "b.$1", "mapping.reference")]
    [InlineData("a.*", "b.{{wildcrad(1)}}", "mapping.target")]
    [InlineData("a.*", "b.{{splitfromleft(1)}}", "mapping.target")]
    [InlineData("a.*", "b.{{wildcard(one)}}", "mapping.target")]
    [InlineData("a.*", "b.{{wildcard()}}", "mapping.target")]
    [InlineData("a.>", "b", "mapping.target")]
    [InlineData("a", "b.>", "mapping.target")]
    [InlineData("a.*", "b.*", "mapping.target")]
    [InlineData("a.>.b", "c.>", "mapping.target")]
    public void A_mapping_is_used_or_dropped(string source, string target, string rule)
    {
        Finding[] found = Find(Mapping(source, target));
        Assert.Equal(rule.Length == 0 ? [] : [rule], found.Select(finding => finding.Rule));
        Assert.All(found, finding => Assert.Equal(FindingSeverity.Error, finding.Severity));
    }

    [Theory]
    [InlineData("a.*.*", "b.$1", "2.9.25", "2.10.0")]
    [InlineData("a.*", "b.{{random(3)}}", "2.11.17", "2.12.0")]
    [InlineData("a.*", "b.{{left(1,1)}}", "2.14.5", "2.15.0")]
    [InlineData("a.*", "b.{{partition(3)}}", "2.10.27", "2.12.0")]
    public void A_mapping_that_older_servers_drop_is_a_warning_that_names_them(string source, string target, string old, string recent)
    {
        AccountClaims claims = Mapping(source, target);
        Assert.Contains(Find(claims, old), finding => finding.Severity == FindingSeverity.Error);
        Assert.DoesNotContain(Find(claims, recent), finding => finding.Severity == FindingSeverity.Error);

        Finding warning = Assert.Single(Find(claims), finding => finding.Rule == "mapping.target");
        Assert.Equal(FindingSeverity.Warning, warning.Severity);
        Assert.Contains(recent, warning.Message, StringComparison.Ordinal);
        Assert.Contains(old, Assert.Single(Find(claims, old, recent), finding => finding.Rule == "mapping.target").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Old_servers_refuse_accounts_for_what_new_ones_drop_or_take()
    {
        AccountClaims wildcard = Mapping("a.*", "b.*");
        Assert.Contains(Refuse(wildcard, "2.9.21"), finding => finding.Rule == "mapping.wildcard");
        Assert.DoesNotContain(Refuse(wildcard, "2.9.22"), finding => finding.Rule == "mapping.wildcard");

        AccountClaims clusters = Mapping("a", "b");
        clusters.Mappings["a"] =
            [new WeightedMapping { Subject = "b", Weight = 80, Cluster = "x" }, new WeightedMapping { Subject = "c", Weight = 80, Cluster = "y" }];
        Assert.Contains(Refuse(clusters, "2.10.23"), finding => finding.Rule == "mapping.all-clusters");
        Assert.Empty(Refuse(clusters, "2.10.24"));
        Assert.Empty(Find(clusters, "2.10.24"));
    }

    [Theory]
    [InlineData("2.11.14", true)]
    [InlineData("2.11.15", false)]
    [InlineData("2.12.5", true)]
    [InlineData("2.12.6", false)]
    [InlineData("2.14.0", false)]
    public void Services_of_one_subject_from_two_accounts_are_refused_until_two_versions(string version, bool isRefused)
    {
        var claims = new AccountClaims { Imports =
            [Import("fc.>", "service", Exporter), Import("fc.>", "service", PublicKeyOf(NatsKeyType.Account))] };
        Assert.Equal(isRefused, Refuse(claims, version).Any(finding => finding.Rule == "imports.overlap-accounts"));
        Finding warning = Assert.Single(Refuse(claims));
        Assert.Equal((FindingSeverity.Warning, true),
            (warning.Severity, warning.Message.Contains("2.12.6", StringComparison.Ordinal)
                && warning.Message.Contains("2.11.15", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_target_that_stands_twice_drops_the_mapping()
    {
        AccountClaims claims = Mapping("a", "b");
        claims.Mappings["a"] =
            [new WeightedMapping { Subject = "b", Weight = 10 }, new WeightedMapping { Subject = "b", Weight = 10, Cluster = "x" }];
        Assert.Equal(["mapping.twice"], Rules(claims));
    }

    [Fact]
    public void A_stream_is_imported_once()
    {
        var claims = new AccountClaims { Imports = [Import("feed.>", "stream", Exporter), Import("feed.>", "stream", Exporter)] };
        claims.Imports[1].LocalSubject = "two.>";
        Assert.Equal(["import.twice"], Rules(claims));
        claims.Imports[1].Subject = "other.>";
        Assert.Empty(Rules(claims));
    }

    [Theory]
    [InlineData("a.*", "b.$1", "")]
    [InlineData("a.*", "b.*", "")]
    [InlineData("a.*.*", "b.$2.{{partition(3,1)}}.$1", "import.rename")]
    public void A_local_subject_is_one_that_servers_can_make(string subject, string local, string rule)
    {
        var claims = new AccountClaims { Imports = [Import(subject, "stream", Exporter)] };
        claims.Imports[0].LocalSubject = local;
        Assert.Equal(rule.Length == 0 ? [] : [rule], Rules(claims));
    }

    [Theory]
    [InlineData("Singleton", "latency.x", "")]
    [InlineData("Stream", "latency.x", "export.latency-unused")]
    [InlineData("Singleton", "s.x", "export.latency-unused")]
    public void Latency_is_measured_or_not(string response, string results, string rule)
    {
        var claims = new AccountClaims
        {
            Exports = [new AccountExport { Subject = "s.>", Type = "service", ResponseType = response,
                ServiceLatency = new ServiceLatency { Sampling = 10, Results = results } }],
        };
        Assert.Equal(rule.Length == 0 ? [] : [rule], Rules(claims));
    }

    [Theory]
    [InlineData("pay.refund", "")]
    [InlineData("pay.*.x", "")]
    [InlineData("pay.>", "")]
    [InlineData("pay.refund,pay.cancel", "subject.comma")]
    [InlineData("secret*", "subject.partial-wildcard")]
    [InlineData("orders.eu>", "subject.partial-wildcard")]
    [InlineData("pay.*x", "subject.partial-wildcard")]
    [InlineData("a.\tb", "subject.characters")]
    [InlineData("a.\u200bb", "text.invisible")]
    [InlineData("a.\u00a0", "text.invisible")]
    [InlineData("a.\u3164", "text.invisible")]
    [InlineData("a.\ufe0f", "text.invisible")]
    [InlineData("a.\U000e0041", "text.invisible")]
    [InlineData("a.\ufffd", "text.invisible")]
    [InlineData("a.😀", "")]
    [InlineData("a.{{name()}}", "permission.placeholder")]
    public void A_subject_is_what_it_looks_like(string subject, string rule)
    {
        var user = new UserClaims();
        user.Permissions.Pub.Deny.Add(subject);
        Assert.Equal(rule.Length == 0 ? [] : [rule], Rules(user));

        var account = new AccountClaims();
        account.DefaultPermissions.Sub.Allow.Add(subject);
        Assert.Equal(rule.Length == 0 ? [] : [rule], Rules(account));
    }

    [Theory]
    [InlineData("a,b", "subject.comma")]
    [InlineData("a*", "subject.partial-wildcard")]
    [InlineData("a.b\u200b", "text.invisible")]
    [InlineData("a\tb", "subject.characters")]
    public void The_subjects_of_mappings_and_imports_are_what_they_look_like(string subject, string rule)
    {
        Assert.Equal([rule], Rules(Mapping(subject, "x")));
        Assert.Contains(rule, Rules(Mapping("x", subject)));
        Assert.Contains(rule, Rules(new AccountClaims { Imports = [Import(subject, "stream", Exporter)] }));
        var claims = new AccountClaims { Imports = [Import("x", "stream", Exporter)] };
        claims.Imports[0].LocalSubject = subject;
        Assert.Equal([rule], Rules(claims));
        Assert.Equal([rule], Rules(new AccountClaims { Trace = new MessageTrace { Dest = subject } }));
        var latency = new ServiceLatency { Sampling = 5, Results = subject };
        Assert.Contains(rule,
            Rules(new AccountClaims { Exports = [new AccountExport { Subject = "x", Type = "service", ServiceLatency = latency }] }));
    }

    [Fact]
    public void A_revocation_of_what_is_no_key_revokes_nobody()
    {
        var claims = new AccountClaims { Exports = [new AccountExport { Subject = "x", Type = "stream" }] };
        claims.Revocations["*"] = 1;
        claims.Revocations[PublicKeyOf(NatsKeyType.User)] = 1;
        Assert.Empty(Rules(claims));
        claims.Revocations["alice"] = 1;
        claims.Exports[0].Revocations["bob"] = 1;
        Assert.Equal(["revocation.key", "revocation.key"], Rules(claims));
    }

    [Theory]
    [InlineData("a q", "")]
    [InlineData("a q.*", "")]
    [InlineData("a q1,q2", "subject.comma")]
    [InlineData("a q*", "subject.partial-wildcard")]
    [InlineData("a q\u200b", "text.invisible")]
    public void The_queue_of_a_permission_is_what_it_looks_like(string entry, string rule)
    {
        var user = new UserClaims();
        user.Permissions.Sub.Deny.Add(entry);
        Assert.Equal(rule.Length == 0 ? [] : [rule], Rules(user));
    }

    [Fact]
    public void Labels_and_names_are_what_they_look_like()
    {
        Assert.Equal(["tag.comma"], Rules(new UserClaims { Tags = ["env:prod,team:x"] }));
        Assert.Equal(["tag.empty"], Rules(new UserClaims { Tags = ["a", ""] }));
        Assert.Equal(["text.invisible"], Rules(new UserClaims { Name = "u\u200b" }));
        Assert.Equal(["text.invisible"], Rules(new UserClaims { Tags = ["a:\u2800"] }));
        Assert.Equal(["text.invisible"], Rules(new UserClaims { Tags = ["a:\tb"] }));
        Assert.Empty(Rules(new UserClaims { Name = "Zoë 2", Tags = ["env:prod", "größe:1"] }));
    }

    [Theory]
    [InlineData("x.{{tag(a)}}", "")]
    [InlineData("x.{{tug(a)}}", "scope.template")]
    [InlineData("x..y", "scope.template")]
    [InlineData("x.{{tag(a)}},y", "subject.comma")]
    public void The_template_of_a_role_is_looked_into(string subject, string rule)
    {
        var claims = new AccountClaims { SigningKeys = [Role(template => template.Pub.Allow.Add(subject))] };
        Assert.Equal(rule.Length == 0 ? [] : [rule], Rules(claims));
    }

    [Theory]
    [InlineData("2.10.27", "feature.inner-placeholder")]
    [InlineData("2.11.0", "")]
    public void A_placeholder_inside_a_token_is_for_newer_servers(string version, string rule)
    {
        var claims = new AccountClaims { SigningKeys = [Role(template => template.Pub.Allow.Add("KV_{{name()}}.>"))] };
        Assert.Equal(rule.Length == 0 ? [] : [rule], Find(claims, version).Select(finding => finding.Rule));
        Assert.Equal(FindingSeverity.Warning, Assert.Single(Find(claims)).Severity);
    }

    [Fact]
    public void What_older_servers_do_not_know_is_an_advice_and_for_them_alone_an_error()
    {
        var claims = new AccountClaims { Trace = new MessageTrace { Dest = "t" } };
        Assert.Equal(("feature.trace", FindingSeverity.Advice), Only(Find(claims)));
        Assert.Equal(("feature.trace", FindingSeverity.Error), Only(Find(claims, "2.10.27")));
        Assert.Empty(Find(claims, "2.11.0"));

        claims = new AccountClaims { Authorization = new ExternalAuthorization { AuthUsers = [PublicKeyOf(NatsKeyType.User)] } };
        Assert.Equal(("feature.auth-callout", FindingSeverity.Error), Only(Find(claims, "2.9.25")));
        Assert.Equal(("feature.cluster-traffic", FindingSeverity.Advice), Only(Find(new AccountClaims { ClusterTraffic = "owner" })));

        var user = new UserClaims();
        user.Permissions.ProxyRequired = true;
        Assert.Equal(("feature.proxy", FindingSeverity.Warning), Only(Find(user)));

        claims = new AccountClaims { SigningKeys = [Role(template => template.AllowedConnectionTypes.Add("MQTT"))] };
        Assert.Equal(("feature.role-connection-types", FindingSeverity.Warning), Only(Find(claims)));
        Assert.Empty(Find(claims, "2.10.19"));
    }

    /// <summary>The message ends with the versions, and says before that what servers of these versions do.</summary>
    [Fact]
    public void What_older_servers_do_not_know_says_what_they_do_instead()
    {
        var claims = new AccountClaims
        {
            Trace = new MessageTrace { Dest = "t" },
            ClusterTraffic = "owner",
            Authorization = new ExternalAuthorization { AuthUsers = [PublicKeyOf(NatsKeyType.User)] },
            SigningKeys = [Role(template => template.ProxyRequired = true)],
        };

        Finding[] found = [.. Find(claims).Where(finding => finding.Rule.StartsWith("feature.", StringComparison.Ordinal))];

        Assert.Equal(
            ["feature.auth-callout", "feature.cluster-traffic", "feature.proxy", "feature.trace"],
            found.Select(finding => finding.Rule).Order(StringComparer.Ordinal));
        Assert.All(found, finding => Assert.Matches(@": these servers .* \(servers before 2\.\d+\.0\)\.$", finding.Message));
    }

    [Fact]
    public void An_operator_that_asserts_a_version_stops_older_servers()
    {
        var claims = new OperatorClaims { AssertServerVersion = "2.12.6" };
        Assert.Empty(Find(claims, "2.12.6", "2.15.1"));
        Assert.Equal(("operator.version-older", FindingSeverity.Error), Only(Find(claims, "2.12.5")));
        Finding warning = Assert.Single(Find(claims, "2.9.10", "2.15.1"));
        Assert.Equal(("operator.version-older", FindingSeverity.Warning), (warning.Rule, warning.Severity));
        Assert.Contains("2.9.10", warning.Message, StringComparison.Ordinal);

        claims.AssertServerVersion = "9.0.0";
        Assert.Equal(("operator.version-unknown", FindingSeverity.Warning), Only(Find(claims, "9.0.0")));
    }

    [Fact]
    public void Users_whom_nobody_lets_in_are_found()
    {
        var user = new UserClaims();
        user.Permissions.Times.Add(new TimeRange { Start = "08:00:00", End = "08:00:00" });
        Assert.Equal(["user.times-never"], Rules(user));

        user = new UserClaims();
        user.Permissions.Times.Add(new TimeRange { Start = "22:00:00", End = "06:00:00" });
        Assert.Equal(("feature.hours-over-midnight", FindingSeverity.Warning), Only(Find(user)));

        user = new UserClaims();
        user.Permissions.AllowedConnectionTypes.Add("CARRIER-PIGEON");
        Assert.Equal(["user.connection-types-none"], Rules(user));
        user.Permissions.AllowedConnectionTypes.Add("mqtt");
        Assert.Equal(["user.connection-type"], Rules(user));
    }

    [Fact]
    public void Limits_that_servers_cannot_hold_are_found()
    {
        var claims = new AccountClaims();
        claims.Limits.Conn = 3_000_000_000;
        Assert.Equal(("limits.too-large", FindingSeverity.Warning), Only(Find(claims)));
        Assert.Empty(Find(claims, "2.11.14"));
        claims.Limits.Conn = -5;
        Assert.Equal(["limits.negative"], Rules(claims));
        claims.Limits.Conn = 0;
        Assert.Equal(("limits.no-connections", FindingSeverity.Warning), Only(Find(claims)));
        claims.Limits.Conn = -1;
        claims.Limits.TieredLimits["R9"] = new JetStreamLimits { DiskStorage = 1 };
        Assert.Equal(["limits.tier-unknown"], Rules(claims));
    }

    [Fact]
    public void What_is_wrong_with_a_role_names_it()
    {
        var claims = new AccountClaims
        {
            SigningKeys =
            [
                Role(template =>
                {
                    template.Subs = -5;
                    template.AllowedConnectionTypes.Add("PIGEON");
                }),
            ],
        };
        Finding[] found = Find(claims, "2.15.1");
        Assert.Equal(["signing_keys[0].template.subs", "signing_keys[0].template.allowed_connection_types"], found.Select(finding => finding.Claim));
        Assert.All(found, finding => Assert.Contains("'r'", finding.Message, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_key_of_an_entity_serves_one_purpose()
    {
        string own = PublicKeyOf(NatsKeyType.Account);
        var claims = new AccountClaims { Subject = own, SigningKeys = [new AccountSigningKey { Key = own }] };
        Assert.Equal(["key.own"], Rules(claims));
        string key = PublicKeyOf(NatsKeyType.Account);
        claims = new AccountClaims { Subject = own, SigningKeys = [new AccountSigningKey { Key = key }, new AccountSigningKey { Key = key }] };
        Assert.Equal(["key.twice"], Rules(claims));
        Assert.Equal(["key.own"], Rules(new OperatorClaims { Subject = own, SigningKeys = [own] }));
        Assert.Empty(Rules(new AccountClaims { Subject = own, SigningKeys = [new AccountSigningKey { Key = key }] }));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(11_023_372_036, false)]
    [InlineData(11_023_372_037, true)]
    [InlineData(253_402_300_799, true)]
    [InlineData(long.MaxValue, true)]
    public void An_expiry_is_one_to_which_servers_can_count(long expires, bool isFound)
    {
        Assert.Equal(isFound ? ["time.range"] : [], Rules(new UserClaims { Expires = expires }));
        Assert.Equal(isFound ? ["time.range"] : [], Rules(new AccountClaims { Expires = expires }));
        Assert.Empty(Rules(new OperatorClaims { Expires = expires }));
    }

    [Fact]
    public void Times_do_not_contradict_each_other()
    {
        long now = Now.ToUnixTimeSeconds();
        Assert.Equal(["time.order"], Rules(new UserClaims { NotBefore = now + 10, Expires = now + 5 }));
        Assert.Equal(["time.issued-future"], Rules(new UserClaims { IssuedAt = now + 3600 }));
        Assert.Empty(Rules(new UserClaims { IssuedAt = now + 1, NotBefore = now + 5, Expires = now + 10 }));

        var claims = new AccountClaims();
        claims.Revocations["*"] = now + 3600;
        Assert.Equal(["time.revoked-future"], Rules(claims));
        claims.Revocations["*"] = now;
        Assert.Empty(Rules(claims));
    }

    private static AccountSigningKey Role(Action<UserPermissions> template)
    {
        var key = new AccountSigningKey { Key = PublicKeyOf(NatsKeyType.Account), IsScoped = true, Role = "r" };
        template(key.Template);
        return key;
    }

    private static AccountClaims Mapping(string source, string target)
    {
        var claims = new AccountClaims();
        claims.Mappings[source] = [new WeightedMapping { Subject = target }];
        return claims;
    }

    private static AccountImport Import(string subject, string type, string exporter) => new() { Subject = subject, Type = type, Account = exporter };

    private static string PublicKeyOf(NatsKeyType type)
    {
        using NatsKeyPair key = NatsKeyPair.Generate(type);
        return key.PublicKey;
    }

    private static (string Rule, FindingSeverity Severity) Only(Finding[] found) =>
        Assert.Single(found.Select(finding => (finding.Rule, finding.Severity)));

    /// <summary>The rules that the newest servers break.</summary>
    private static IEnumerable<string> Rules(ClaimSet claims) => Find(claims, "2.15.1").Select(finding => finding.Rule);

    private static Finding[] Find(ClaimSet claims, params string[] versions)
    {
        var findings = new Findings(Servers(versions));
        ClaimUse.Check(claims, Now, findings);
        return [.. findings.All];
    }

    private static Finding[] Refuse(ClaimSet claims, params string[] versions)
    {
        var findings = new Findings(Servers(versions));
        ClaimValidator.Check(claims, Now, findings);
        return [.. findings.All];
    }

    private static ServerVersions Servers(string[] versions) => ServerVersions.Of(versions.Select(ServerVersion.Parse)) ?? ServerVersions.All;
}
