using System.Text.Json.Nodes;

namespace NatsKeys.Tests.Commands;

/// <summary>What Test-NatsJwt finds in claims and along the chain of a store.</summary>
public class TestNatsJwtRulesTests : ClaimsTest
{
    [Fact]
    public void Everything_is_good_at_first() => Assert.Empty(Run("$o, $a, $u | Test-NatsJwt -Detailed").Output);

    [Fact]
    public void An_expired_parent_is_found_and_named()
    {
        ChangeAccountToken(payload => payload["exp"] = 1600000000);
        Finds("$u", "time.expired", "Time");
        Holds("Test-NatsJwt $u.Jwt");
        ChangeOperator(payload => payload["exp"] = 1600000000);
        Finds("$u", "time.expired time.expired", "Time Time");
    }

    [Fact]
    public void Findings_come_from_the_entity_upwards()
    {
        ChangeUserToken(payload => payload["nbf"] = 4000000000);
        ChangeAccountToken(payload => payload["exp"] = 1600000000);
        Run("$ok | Remove-NatsSigningKey -Confirm:$false -WarningAction Ignore");
        Run("$rules = (Get-NatsUser U | Test-NatsJwt -Detailed).Rule");
        Assert.Equal("time.not-yet", Value("$rules[0]"));
        Holds(
            "$rules.Count -eq 3",
            "$rules -contains 'time.expired'",
            "$rules -contains 'trust.issuer'");
    }

    [Fact]
    public void A_removed_signing_key_is_found()
    {
        Run("$v = $ak | New-NatsUser V; $ak | Remove-NatsSigningKey -Confirm:$false -WarningAction Ignore");
        Finds("$v", "trust.issuer", "Error");
        Assert.Contains((string)Value("$ak.PublicKey")!, (string)Value("(Test-NatsJwt $v -Detailed).Message")!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scoped_user_with_permissions_of_its_own_is_found()
    {
        AddReader("""{"sub":{"allow":["a"]}}""");
        Run("$s = New-NatsUser S -Account A -SigningKey reader");
        Holds("Test-NatsJwt $s");
        ChangeUser(nats => Merge(nats, """{"pub":{"allow":[">"]},"subs":-1,"data":-1,"payload":-1}"""), "S", "$reader");
        Finds("$s", "trust.scope", "Error");
        Assert.Contains("reader", (string)Value("(Test-NatsJwt $s -Detailed).Message")!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"sub":{"allow":["a..b"]}}""", "subject.double-dot")]
    [InlineData("""{"sub":{"deny":[".a"]}}""", "subject.edge-dot")]
    [InlineData("""{"pub":{"allow":[""]}}""", "subject.empty")]
    [InlineData("""{"pub":{"allow":["a q"]}}""", "permission.queue")]
    [InlineData("""{"sub":{"allow":["a b c"]}}""", "permission.spaces")]
    [InlineData("""{"src":["10.0.0.0"]}""", "user.src")]
    [InlineData("""{"times":[{"start":"","end":"10:00:00"}]}""", "user.time-start-missing")]
    [InlineData("""{"times":[{"start":"9:00","end":"10:00:00"}]}""", "user.time-start")]
    [InlineData("""{"times_location":"Middle/Earth"}""", "user.locale")]
    public void Bad_claims_of_a_user_are_found_in_the_store_and_in_the_bare_token(string change, string rule)
    {
        ChangeUser(nats => Merge(nats, change));
        Finds("$u", rule, "Error");
        Finds("(Get-NatsUser U).Jwt", rule, "Error");
        Finds("(ConvertFrom-NatsJwt (Get-NatsUser U).Jwt)", rule, "Error");
        Holds("(Test-NatsJwt $u -Detailed).Claim", "(Test-NatsJwt $u -Detailed).Message");
    }

    [Theory]
    [InlineData("""{"exports":[{"name":"x","subject":"a..b","type":"stream"}]}""", "subject.double-dot")]
    [InlineData("""{"exports":[{"name":"x","subject":"a.>","type":"stream"},{"name":"y","subject":"a.b","type":"stream"}]}""", "exports.overlap")]
    [InlineData("""{"imports":[{"name":"x","subject":"a","type":"stream"}]}""", "import.account-missing")]
    [InlineData("""{"mappings":{"a":[{"subject":"b","weight":101}]}}""", "mapping.weight mapping.total")]
    [InlineData("""{"info_url":"nowhere"}""", "info.url")]
    [InlineData("""{"default_permissions":{"pub":{"allow":["a."]}}}""", "subject.edge-dot")]
    public void Bad_claims_of_an_account_make_its_users_bad(string change, string rules)
    {
        ChangeAccount(nats => Merge(nats, change));
        Run("$found = (Get-NatsAccount A | Test-NatsJwt -Detailed).Rule");
        Assert.All(((string)Value("\"$found\"")!).Split(' '), rule => Assert.Contains(rule, rules.Split(' ')));
        Holds(
            "-not (Get-NatsAccount A | Test-NatsJwt)",
            "-not ($u | Test-NatsJwt)",
            "(Test-NatsJwt $u.Jwt)");
    }

    [Fact]
    public void A_revoked_user_is_found()
    {
        string key = (string)Value("$u.Subject")!;
        ChangeAccount(nats => nats["revocations"] = new JsonObject { [key] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60 });
        Finds("$u", "trust.revoked", "Error");
    }

    [Fact]
    public void A_bearer_user_of_an_account_that_disallows_them_is_found()
    {
        ChangeUser(nats => nats["bearer_token"] = true);
        Holds("Test-NatsJwt $u");
        ChangeAccount(nats => nats["limits"]!["disallow_bearer"] = true);
        Finds("$u", "trust.bearer", "Error");
    }

    [Fact]
    public void A_warning_is_a_finding_but_makes_nothing_bad()
    {
        string exporter = (string)Value("(New-NatsKeyPair Account).PublicKey")!;
        ChangeAccount(nats => nats["imports"] = Json($$"""[{"name":"x","subject":"a","account":"{{exporter}}","to":"b","type":"service"}]"""));
        Finds("(Get-NatsAccount A)", "import.to-deprecated", "Warning", good: true);
        Finds("$u", "import.to-deprecated", "Warning", good: true);
    }

    [Fact]
    public void A_bad_operator_is_found_below_it()
    {
        ChangeOperator(payload => payload["nats"]!["operator_service_urls"] = Json("""["http://x"]"""));
        Finds("$o", "operator.service-url", "Error");
        Finds("$u", "operator.service-url", "Error");
    }

    [Fact]
    public void Every_rule_that_is_found_is_on_the_list()
    {
        Holds("[NatsKeys.Rules.ValidationRules]::All.Name -contains 'trust.scope'");
        Holds("-not ([NatsKeys.Rules.ValidationRules]::All | Where-Object { -not $_.Summary })");
    }

    private static void Merge(JsonObject nats, string change)
    {
        foreach ((string name, JsonNode? value) in Json(change).AsObject())
        {
            nats[name] = value?.DeepClone();
        }
    }

    private void Finds(string what, string rules, string severities, bool good = false)
    {
        Run($"$found = @({what} | Test-NatsJwt -Detailed)");
        Assert.Equal(rules, Value("\"$($found.Rule)\""));
        Assert.Equal(severities, Value("\"$($found.Severity)\""));
        Assert.Equal(good, Value($"{what} | Test-NatsJwt"));
    }
}
