using NatsKeys.Core.Tests.Store;
using NatsKeys.Editing;
using NatsKeys.Keys;
using NatsKeys.Rules;
using NatsKeys.Server;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Core.Tests.Server;

/// <summary>What a server tells of the user who connected, where it is new enough to tell.</summary>
public sealed class ConnectionTesterTests : IDisposable
{
    private const string UserInfo = "$SYS.REQ.USER.INFO";
    private readonly FakeServers servers = new();
    private readonly NatsCredential credential;
    private readonly MovingClock clock = new();
    private readonly NatsStore store;

    public ConnectionTesterTests()
    {
        store = NatsStore.InMemory(clock);
        using var editor = new EntityEditor(store);
        NatsAccount account = editor.CreateAccount(new NewEntity("A"), editor.CreateOperator(new NewEntity("O")).Path);
        credential = editor.Keys.CredentialOf(editor.CreateUser(new NewEntity("U"), account.Path));
    }

    public void Dispose()
    {
        credential.Dispose();
        servers.Dispose();
    }

    [Fact]
    public async Task Permissions_are_those_that_the_server_sees()
    {
        servers.Serve(UserInfo, _ =>
        [
            FakeServers.Answer("S0", "data", $$"""
                {"user":"{{credential.Subject}}","account":"{{credential.IssuerAccount}}","expires":90000000000,
                "permissions":{"publish":{"allow":["a","b.>"],"deny":["b.c"]},
                "subscribe":{"allow":["c","d q"]},"responses":{"max":2,"ttl":5000000000} } }
                """),
        ]);

        ConnectionTestResult report = await TestAsync();

        Assert.True(report.Succeeded);
        Assert.Null(report.Reason);
        Assert.Null(report.Missing);
        Assert.Equal("U", report.User);
        Assert.Equal((credential.Subject, credential.IssuerAccount), (report.PublicKey, report.Account));
        Assert.Equal(("F0", "2.15.1"), (report.Server!.Name, report.Version));
        Assert.True(report.RoundTrip > TimeSpan.Zero);
        Assert.Equal(["a", "b.>"], report.Permissions!.Pub.Allow);
        Assert.Equal(["b.c"], report.Permissions.Pub.Deny);
        Assert.Equal(["c", "d q"], report.Permissions.Sub.Allow);
        Assert.Equal((2, 5_000_000_000), (report.Permissions.Resp!.Max, report.Permissions.Resp.Ttl));
        Assert.Equal(MovingClock.Start.AddSeconds(90), report.Expires);
    }

    [Fact]
    public async Task A_user_without_restrictions_may_do_everything()
    {
        servers.Serve(UserInfo, _ => [FakeServers.Answer("S0", "data", $$"""{"user":"{{credential.Subject}}","account":"A"}""")]);
        ConnectionTestResult report = await TestAsync();
        Assert.Empty(report.Permissions!.Pub.Allow.Concat(report.Permissions.Sub.Allow));
        Assert.Null(report.Permissions.Resp);
        Assert.Null(report.Expires);
    }

    [Theory]
    [InlineData("2.9.25", true)]
    [InlineData("2.15.1", false)]
    public async Task Permissions_that_nobody_tells_are_said_to_be_missing_and_a_version_that_is_the_reason_is_named(string version, bool isNamed)
    {
        servers.Version = version;
        ConnectionTestResult report = await TestAsync();
        Assert.True(report.Succeeded);
        Assert.Null(report.Permissions);
        Assert.Equal(isNamed, report.Missing!.Contains(version, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_user_that_may_not_ask_has_a_connection_all_the_same()
    {
        servers.Forbidden.Add(UserInfo);
        ConnectionTestResult report = await TestAsync();
        Assert.True(report.Succeeded);
        Assert.Contains("Permissions Violation", report.Missing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("")]
    [InlineData("""{"server":{"id":"N"},"data":null}""")]
    public async Task An_answer_that_makes_no_sense_is_none(string answer)
    {
        servers.Serve(UserInfo, _ => [answer]);
        ConnectionTestResult report = await TestAsync();
        Assert.True(report.Succeeded);
        Assert.NotNull(report.Missing);
    }

    [Fact]
    public async Task A_server_that_refuses_gives_its_reason()
    {
        servers.Refusal = "User Authentication Expired";
        ConnectionTestResult report = await TestAsync();
        Assert.False(report.Succeeded);
        Assert.Contains("User Authentication Expired", report.Reason, StringComparison.Ordinal);
        Assert.Null(report.RoundTrip);
    }

    [Fact]
    public async Task A_server_that_asks_nobody_for_credentials_has_not_tested_any()
    {
        servers.IsOpen = true;
        ConnectionTestResult report = await TestAsync();
        Assert.Equal((false, true), (report.Succeeded, report.IsOpen));
        Assert.Contains(new Uri(servers.Url).Authority, report.Reason, StringComparison.Ordinal);
        Assert.NotNull(report.Server);
        Assert.Empty(servers.Requests);
    }

    [Fact]
    public async Task The_server_is_asked_for_permissions_only_where_that_is_wanted()
    {
        ConnectionTestResult report = await TestAsync(asksPermissions: false);
        Assert.True(report.Succeeded);
        Assert.Null(report.Permissions);
        Assert.Null(report.Missing);
        Assert.Empty(servers.Requests);
    }

    [Theory]
    [InlineData("revoked", "trust.revoked")]
    [InlineData("expired", "time.expired")]
    [InlineData("unlisted", "connect.user-issuer")]
    [InlineData("type", "connect.connection-type")]
    [InlineData("nothing", null)]
    [InlineData("unknown", null)]
    public async Task A_refusal_is_explained_by_what_the_store_knows(string state, string? rule)
    {
        servers.Refusal = "Authorization Violation";
        using var editor = new EntityEditor(store);
        var path = new EntityPath("O", "A", "V");
        using NatsKeyPair key = NatsKeyPair.Generate(NatsKeyType.Account);
        editor.AddSigningKey(path.Parent!, key, SigningKeyChoice.Default);
        NatsUser user = editor.CreateUser(
            new NewEntity("V") { SigningKey = SigningKeyChoice.Of(key), Expires = state == "expired" ? clock.Now.AddMinutes(1) : null },
            path.Parent!);
        if (state == "type")
        {
            editor.Change(path, SigningKeyChoice.Default, entity => ((NatsUser)entity).Claims.Permissions.AllowedConnectionTypes.Add("MQTT"));
        }

        using NatsCredential own = editor.Keys.CredentialOf((NatsUser)store.Get(path));
        clock.Now += TimeSpan.FromHours(1);
        switch (state)
        {
            case "revoked":
                editor.Change(path.Parent!, SigningKeyChoice.Default, entity =>
                    Revocations.Revoke(((NatsAccount)entity).Claims.Revocations, user.Subject!, clock.Now.ToUnixTimeSeconds()));
                break;
            case "unlisted":
                editor.RemoveSigningKey(path.Parent!, key.PublicKey, SigningKeyChoice.Default);
                break;
        }

        ConnectionTestResult report = await ConnectionTester.RunAsync(
            new ServerOptions([servers.Url]) { Clock = clock, Timeout = TimeSpan.FromSeconds(30) }, own, () =>
                state == "unknown" ? null : store.FindOperator("O"), asksPermissions: false, default);

        Assert.Contains("Authorization Violation", report.Reason, StringComparison.Ordinal);
        Assert.Contains(rule ?? (state == "unknown" ? own.IssuerAccount! : store.Location), report.Reason, StringComparison.Ordinal);
        Assert.Equal(state == "nothing" ? Remedy.UpdateServers : null, report.Remedy);
    }

    [Fact]
    public async Task A_server_says_no_more_than_people_read()
    {
        servers.Refusal = new string('x', 3000);
        Assert.InRange((await TestAsync()).Reason!.Length, 500, 1200);
    }

    [Fact]
    public async Task A_server_that_ends_the_connection_gives_none()
    {
        servers.Fatal.Add(UserInfo);
        ConnectionTestResult report = await TestAsync();
        Assert.False(report.Succeeded);
        Assert.NotEmpty(report.Reason!);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_a_reason()
    {
        using var nobody = new FakeServers();
        string url = nobody.Url;
        nobody.Dispose();
        ConnectionTestResult report = await ConnectionTester.RunAsync(
            new ServerOptions([url]), credential, () => null, asksPermissions: true, default);
        Assert.False(report.Succeeded);
        Assert.Contains(url, report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_seed_stays_here()
    {
        await TestAsync();
        string seed = CredentialFormat.Write(credential.Token.Token, credential.KeyPair).AsSpan().ToString().Split('\n')
            .Single(line => line.StartsWith("SU", StringComparison.Ordinal));
        Assert.DoesNotContain(seed, Assert.Single(servers.Connects), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seed_in_the_place_of_an_address_is_not_told()
    {
        const string seed = "SUAABQVOVB5DCQ3QFOQZWMLTB3M2EMFVX2ZEQUQUXOYSS7XTKCWHFCKYKA";
        ConnectionTestResult report = await ConnectionTester.RunAsync(
            new ServerOptions([seed]) { Clock = clock, Timeout = TimeSpan.FromSeconds(1) }, credential, () => null, asksPermissions: false, default);
        Assert.DoesNotContain(seed, $"{report} {report.Address} {report.Reason}", StringComparison.OrdinalIgnoreCase);
    }

    private Task<ConnectionTestResult> TestAsync(bool asksPermissions = true) =>
        ConnectionTester.RunAsync(
            new ServerOptions([servers.Url]) { Clock = clock, Timeout = TimeSpan.FromSeconds(30) }, credential, () =>
                store.FindOperator("O"), asksPermissions, default);
}
