using System.Text.Json.Nodes;

namespace NatsKeys.Tests.Commands;

public class TestNatsPermissionTests : ClaimsTest
{
    private const string Lists = """{"allow":["orders.>","jobs.*","work.> q1"],"deny":["orders.secret","work.> q1.bad"]}""";

    [Theory]
    [InlineData("Test-NatsPermission -User U -Publish a.b")]
    [InlineData("Test-NatsPermission -User A/U -Subscribe '>'")]
    [InlineData("Test-NatsPermission -User O2/A/U -Subscribe a -Queue q")]
    [InlineData("'U' | Test-NatsPermission -Publish a")]
    [InlineData("$u | Test-NatsPermission -Publish a")]
    [InlineData("Get-NatsUser U | Test-NatsPermission -Publish a -Store $storeRoot")]
    [InlineData("Test-NatsPermission -User U -Publish a -Store $storeRoot")]
    public void An_unrestricted_user_may_do_everything(string script)
    {
        Assert.Equal(true, Value(script));
        Run($"$v = {script} -Detailed");
        Holds(
            "$v -is [NatsKeys.Rules.PermissionVerdict]",
            "$v.IsAllowed",
            "$v.Rule -match '^(pub|sub).allow$'",
            "$v.Message -match 'Nothing restricts'");
    }

    [Theory]
    [InlineData("-Publish orders.new", true, "pub.allow", "'orders.>'")]
    [InlineData("-Publish orders.secret", false, "pub.deny", "'orders.secret'")]
    [InlineData("-Publish jobs.a.b", false, "pub.allow", "jobs.a.b")]
    [InlineData("-Publish other", false, "pub.allow", "other")]
    [InlineData("-Subscribe jobs.*", true, "sub.allow", "'jobs.*'")]
    [InlineData("-Subscribe 'jobs.>'", true, "sub.allow", "jobs.>")]
    [InlineData("-Subscribe '>'", false, "sub.allow", "'>'")]
    [InlineData("-Subscribe orders.secret", false, "sub.deny", "'orders.secret'")]
    [InlineData("-Subscribe work.a", false, "sub.allow", "work.a")]
    [InlineData("-Subscribe work.a -Queue q1", true, "sub.allow", "'work.> q1'")]
    [InlineData("-Subscribe work.a -Queue q2", false, "sub.allow", "work.a")]
    public void Lists_decide_and_the_verdict_names_the_entry(string question, bool allowed, string rule, string entry)
    {
        ChangeUser(nats =>
        {
            nats["pub"] = Json("""{"allow":["orders.>","jobs.*"],"deny":["orders.secret"]}""");
            nats["sub"] = Json(Lists);
        });

        Assert.Equal(allowed, Value($"Test-NatsPermission -User U {question}"));
        Run($"$v = $u | Test-NatsPermission {question} -Detailed");
        Holds($"$v.IsAllowed -eq ${allowed}", $"$v.Rule -eq '{rule}'");
        Assert.Contains(entry, (string)Value("$v.Message")!, StringComparison.Ordinal);
        Assert.Contains(rule, Session.RunText("$v"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_that_may_only_answer_publishes_nothing()
    {
        ChangeUser(nats => nats["resp"] = Json("""{"max":1,"ttl":0}"""));
        Holds("(Test-NatsPermission -User U -Publish a -Detailed).Rule -eq 'resp'", "(Test-NatsPermission -User U -Subscribe a)");
    }

    [Theory]
    [InlineData("-Subscribe u.S.>", true)]
    [InlineData("-Subscribe u.T.>", false)]
    [InlineData("-Publish team.red.x", true)]
    [InlineData("-Publish team.blue.x", false)]
    [InlineData("-Publish team.red.secret", false)]
    [InlineData("-Publish acc.A", true)]
    public void The_template_of_a_scoped_key_is_filled_in(string question, bool allowed)
    {
        AddReader(
            """{"sub":{"allow":["u.{{name()}}.>"]},"pub":"""
            + """{"allow":["team.{{tag(team)}}.*","acc.{{account-name()}}"],"deny":["team.{{tag(team)}}.secret"]}}""");
        Run("$s = New-NatsUser S -Account A -SigningKey reader -Tag team:red");

        Assert.Equal(allowed, Value($"$s | Test-NatsPermission {question}"));
        Holds($"($s | Test-NatsPermission {question} -Detailed).Message -match \"template of role 'reader'\"");
    }

    [Fact]
    public void A_template_of_which_nothing_is_left_allows_nothing()
    {
        AddReader("""{"sub":{"allow":["team.{{tag(team)}}.>"]}}""");
        Run("$s = New-NatsUser S -Account A -SigningKey reader");
        Holds("-not ($s | Test-NatsPermission -Subscribe team.red.x)", "($s | Test-NatsPermission -Publish anything)");
    }

    [Fact]
    public void A_template_that_cannot_be_filled_in_keeps_the_user_out()
    {
        AddReader("""{"sub":{"deny":["x"]}}""");
        Run(
            """
            $null = New-NatsUser S -Account A -SigningKey reader
            $key = Get-NatsSigningKey -Account A | Where-Object Role -eq reader
            $key | Set-NatsSigningKey -DenySubscribe 'team.{{tag(team)}}.>' -WarningAction Ignore
            $v = Get-NatsUser A/S | Test-NatsPermission -Publish a -Detailed
            """);
        Holds(
            "-not $v.IsAllowed",
            "$v.Rule -eq 'connect.template'",
            "$v.Message -match 'rejects the user'");
    }

    [Fact]
    public void A_scoped_user_with_permissions_of_its_own_is_kept_out()
    {
        AddReader("""{"sub":{"allow":["a"]}}""");
        Run("New-NatsUser S -Account A -SigningKey reader | Out-Null");
        ChangeUser(nats => nats["sub"] = Json("""{"allow":[">"]}"""), "S", "$reader");
        Holds("(Test-NatsPermission -User S -Subscribe a -Detailed).Rule -eq 'trust.scope'");
    }

    [Fact]
    public void Default_permissions_of_the_account_hold_where_the_user_has_none()
    {
        ChangeAccount(nats => nats["default_permissions"] = Json("""{"pub":{"allow":["a.>"]},"sub":{"deny":["b"]}}"""));
        Holds(
            "(Test-NatsPermission -User U -Publish a.x)",
            "-not (Test-NatsPermission -User U -Publish b)",
            "-not (Test-NatsPermission -User U -Subscribe b)");
        Holds("(Test-NatsPermission -User U -Publish b -Detailed).Message -match 'default permissions of the account'");

        ChangeUser(nats => nats["pub"] = Json("""{"allow":["b"]}"""));
        Holds(
            "(Test-NatsPermission -User U -Publish b)",
            "-not (Test-NatsPermission -User U -Publish a.x)",
            "(Test-NatsPermission -User U -Subscribe b)");
    }

    [Theory]
    [InlineData("*")]
    [InlineData("user")]
    public void A_revoked_user_is_kept_out(string who)
    {
        string key = who == "*" ? who : (string)Value("$u.Subject")!;
        ChangeAccount(nats => nats["revocations"] = new JsonObject { [key] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60 });
        Assert.Equal(false, Value("Test-NatsPermission -User U -Publish a"));
        Holds("(Test-NatsPermission -User U -Publish a -Detailed).Rule -eq 'trust.revoked'");
    }

    [Theory]
    [InlineData("2098-12-31", true, "pub.allow")]
    [InlineData("2099-01-02", false, "time.expired")]
    [InlineData("([DateTimeOffset]'2099-01-02')", false, "time.expired")]
    [InlineData("2019-01-01", false, "time.not-yet")]
    [InlineData("36500d", false, "time.expired")]
    [InlineData("([TimeSpan]::FromDays(1))", true, "pub.allow")]
    public void At_is_when_the_user_connects(string at, bool allowed, string rule)
    {
        Run("$t = New-NatsUser T -Account A -SigningKey $ak -NotBefore 2020-01-01 -Expires 2099-01-01");
        Assert.Equal(allowed, Value($"$t | Test-NatsPermission -Publish a -At {at}"));
        Holds($"($t | Test-NatsPermission -Publish a -At {at} -Detailed).Rule -eq '{rule}'");
    }

    [Fact]
    public void An_expired_user_or_account_is_kept_out()
    {
        ChangeUserToken(payload => payload["exp"] = 1600000000);
        Holds("(Test-NatsPermission -User U -Publish a -Detailed).Rule -eq 'time.expired'");
        ChangeUserToken(payload => payload.Remove("exp"));
        ChangeAccountToken(payload => payload["exp"] = 1600000000);
        Holds("(Test-NatsPermission -User U -Publish a -Detailed) | ForEach-Object { -not $_.IsAllowed -and $_.Rule -in "
            + "'connect.account-expired', 'time.expired' }");
    }

    [Fact]
    public void Times_of_the_day_are_asked_for()
    {
        ChangeUser(nats =>
        {
            nats["times"] = Json("""[{"start":"08:00:00","end":"17:00:00"}]""");
            nats["times_location"] = "Europe/Berlin";
        });
        Holds("Test-NatsPermission -User U -Publish a -At 2030-01-15T07:30:00Z");
        Holds("(Test-NatsPermission -User U -Publish a -At 2030-01-15T06:30:00Z -Detailed).Rule -eq 'connect.times'");
    }

    [Fact]
    public void Who_is_not_trusted_is_kept_out()
    {
        Run("New-NatsUser V -Account A -SigningKey $ak | Out-Null; $ak | Remove-NatsSigningKey -Confirm:$false -WarningAction Ignore");
        Holds(
            "(Test-NatsPermission -User V -Publish a -Detailed).Rule -eq 'connect.user-issuer'",
            "(Test-NatsPermission -User U -Publish a)");

        Run("$ok | Remove-NatsSigningKey -Confirm:$false -WarningAction Ignore");
        Holds("(Test-NatsPermission -User U -Publish a -Detailed).Rule -eq 'connect.account-issuer'");
    }

    [Fact]
    public void ConnectionType_must_be_one_of_the_users()
    {
        Holds("Test-NatsPermission -User U -Publish a -ConnectionType MQTT_WS");
        ChangeUser(nats => nats["allowed_connection_types"] = Json("""["WEBSOCKET","MQTT"]"""));
        Holds(
            "(Test-NatsPermission -User U -Publish a -ConnectionType WEBSOCKET)",
            "(Test-NatsPermission -User U -Publish a -ConnectionType mqtt)");
        Holds(
            "(Test-NatsPermission -User U -Publish a -Detailed).Rule -eq 'connect.connection-type'",
            "-not (Test-NatsPermission -User U -Publish a -ConnectionType LEAFNODE)");
        Ends("Test-NatsPermission -User U -Publish a -ConnectionType PIGEON");
        Assert.Contains("WEBSOCKET", Session.Complete("Test-NatsPermission -User U -Publish a -ConnectionType "));
    }

    [Fact]
    public void RemoteAddress_must_lie_in_a_network_of_the_users()
    {
        Holds("Test-NatsPermission -User U -Publish a -RemoteAddress 203.0.113.5");
        ChangeUser(nats => nats["src"] = Json("""["10.0.0.0/8","2001:db8::/32"]"""));
        Holds(
            "(Test-NatsPermission -User U -Publish a -RemoteAddress 10.1.2.3)",
            "(Test-NatsPermission -User U -Publish a -RemoteAddress 2001:db8::1)");
        Holds(
            "(Test-NatsPermission -User U -Publish a -RemoteAddress 11.0.0.1 -Detailed).Rule -eq 'connect.src'",
            "(Test-NatsPermission -User U -Publish a)");
        Ends("Test-NatsPermission -User U -Publish a -RemoteAddress nonsense");
    }

    [Fact]
    public void An_unsigned_user_is_kept_out_and_an_edit_that_is_not_signed_counts_for_nothing()
    {
        string file = PathOf("store/O2/accounts/A/users/U.yaml");
        string text = File.ReadAllText(file);
        File.WriteAllText(file, text.Replace("jwt:", "expires: 2020-01-01\njwt:", StringComparison.Ordinal));
        Holds("(Get-NatsUser U).State -eq 'Modified'", "(Test-NatsPermission -User U -Publish a)");

        File.WriteAllText(file, text[..text.IndexOf("jwt:", StringComparison.Ordinal)]);
        Holds("(Test-NatsPermission -User U -Publish a -Detailed).Rule -eq 'connect.token'");
    }

    [Fact]
    public void An_operator_that_is_not_signed_is_an_error()
    {
        string file = PathOf("store/O2/operator.yaml");
        string text = File.ReadAllText(file);
        File.WriteAllText(file, text[..text.IndexOf("jwt:", StringComparison.Ordinal)]);
        Assert.Contains("O2", Reports("EntityNotSigned", "Test-NatsPermission -User U -Publish a"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_strict_operator_lets_no_user_of_an_identity_key_in()
    {
        ChangeOperator(payload => payload["nats"]!["strict_signing_key_usage"] = true);
        Run("New-NatsUser V -Account A -SigningKey $ak | Out-Null");
        Holds(
            "(Test-NatsPermission -User V -Publish a)",
            "(Test-NatsPermission -User U -Publish a -Detailed).Rule -eq 'connect.user-issuer'");
    }

    [Fact]
    public void A_user_that_is_not_there_is_an_error_and_the_rest_goes_on()
    {
        Assert.Contains("none", Reports("EntityNotFound", "$answers = 'U', 'none', 'A/U' | Test-NatsPermission -Publish a"),
            StringComparison.Ordinal);
        Holds("\"$answers\" -eq 'True True'");
        Run("New-NatsAccount B -Operator O2 -SigningKey $ok | New-NatsUser U | Out-Null");
        Reports("EntityAmbiguous", "Test-NatsPermission -User U -Publish a");
        Reports("StoreNotFound", "Test-NatsPermission -User U -Publish a -Store ./none");
    }

    [Theory]
    [InlineData("Test-NatsPermission -User U")]
    [InlineData("Test-NatsPermission -User U -Publish a -Subscribe b")]
    [InlineData("Test-NatsPermission -User U -Publish a -Queue q")]
    [InlineData("Test-NatsPermission -User U -Publish ''")]
    public void Questions_that_make_no_sense_are_errors(string script) => Ends(script);

    [Fact]
    public void A_time_that_is_none_is_an_error() => Reports("InvalidTime", "Test-NatsPermission -User U -Publish a -At soon");

    [Theory]
    [InlineData("-Subscribe '.a'")]
    [InlineData("-Subscribe 'a..b'")]
    [InlineData("-Subscribe '>.a'")]
    public void What_servers_take_for_no_subject_is_never_allowed(string question) =>
        Assert.DoesNotContain(true, Session.Run($"Test-NatsPermission -User U {question}").Output.Select(answer => answer.BaseObject));

    [Fact]
    public void Nothing_is_written() => LeavesFilesAlone("Test-NatsPermission -User U -Publish a");
}
