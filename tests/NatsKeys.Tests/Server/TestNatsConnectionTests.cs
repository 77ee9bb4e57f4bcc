using NatsKeys.Rules;

namespace NatsKeys.Tests.Server;

public sealed class TestNatsConnectionTests : ResolverTest
{
    [NatsServerFact]
    public async Task A_user_that_is_let_in_learns_of_the_server_and_of_the_way_there()
    {
        await StartInMemoryAsync();
        Run("$u = $a | New-NatsUser U; $u | Export-NatsCredential ./U.creds");
        foreach (string test in new[] { "$u | Test-NatsConnection", "Test-NatsConnection ./U.creds -Server $url",
            "Import-NatsCredential ./U.creds | Test-NatsConnection", "[System.IO.FileInfo]::new(\"$pwd/U.creds\") | Test-NatsConnection" })
        {
            Holds(test);
            Run($"$t = {test} -ProbePermission");
            Holds(
                "$t.Succeeded",
                "$null -eq $t.Reason",
                "$t.User -eq 'U'",
                "$t.Version -match '^\\d+\\.\\d+\\.\\d+'",
                "$t.Server.Name",
                "$t.RoundTrip -gt [timespan]::Zero",
                "$t.RoundTrip -lt [timespan]::FromSeconds(20)");
        }

        if (Server.Version.Has(ServerFeature.UserInfo))
        {
            Run("$t = $u | Test-NatsConnection -Detailed -ProbePermission");
            Holds("$null -eq $t.Missing", "$null -ne $t.Permissions", "$t.PublicKey -eq $u.Subject", "$t.Account -eq $a.Subject");
        }
        else
        {
            Assert.Contains($"{Server.Version}", (string)Value("$t.Missing")!, StringComparison.Ordinal);
        }
    }

    [NatsServerFact]
    public async Task A_user_that_is_refused_learns_why()
    {
        await StartInMemoryAsync();
        Run("New-NatsOperator X | New-NatsAccount FA | New-NatsUser FU | Export-NatsCredential ./FU.creds");

        Run("$t = Test-NatsConnection ./FU.creds -Server $url -Detailed");

        Holds("-not $t.Succeeded", "$t.Reason -match 'Authorization Violation'", "$null -eq $t.RoundTrip", "$null -eq $t.Server");
    }

    [NatsServerFact]
    public async Task A_refusal_has_the_reason_that_the_store_knows()
    {
        // On a busy machine, a second may be over before the user exists, which is refused.
        Run(
            """
            foreach ($seconds in 1, 10, 60) {
                $e = $a | New-NatsUser E -Expires "${seconds}s" -ErrorAction Ignore
                if ($e) { break }
            }
            $null = $a | New-NatsUser R; $null = $a | New-NatsUser T -ConnectionType MQTT
            while ([datetimeoffset]::UtcNow -lt $e.Expires.AddSeconds(1)) { Start-Sleep -Milliseconds 100 }
            Add-NatsRevocation A/R
            """);
        await StartInMemoryAsync();
        foreach ((string user, string reason) in new[] { ("A/E", "time.expired"), ("O2/A/R", "trust.revoked"), ("T", "connect.connection-type") })
        {
            Run($"$t = Test-NatsConnection {user} -Server $url -Detailed");
            Holds("-not $t.Succeeded", $"$t.Reason -match '{reason}'", "$t.Reason -match 'Authorization Violation'");
        }

        Holds("(Test-NatsConnection A/R -Server $url) -eq $false",
            "(Test-NatsConnection A/R -Server $url -Verbose 4>&1 | Select-Object -First 1) -match 'trust.revoked'");
    }

    [NatsServerFact]
    public async Task A_user_that_is_refused_for_what_the_store_does_not_have_is_sent_to_the_servers()
    {
        await StartInMemoryAsync();
        Run("Get-NatsOperator O2 | New-NatsAccount Later | New-NatsUser L | Out-Null; $t = Test-NatsConnection Later/L -Server $url -Detailed");
        Holds("-not $t.Succeeded", "$t.Reason -match 'Compare-NatsAccount'");
    }

    [NatsServerFact]
    public async Task A_server_that_asks_nobody_is_no_success()
    {
        Run("$a | New-NatsUser U -DenyPublish '>' | Out-Null");
        await Server.StartAsync("");
        Run("$url = $address", ("address", Server.Url));
        Holds("(Test-NatsConnection A/U -Server $url -WarningVariable w -WarningAction Ignore) -eq $false",
            "\"$w\" -match 'does not require credentials'");
        Run("$t = Test-NatsConnection A/U -Server $url -Detailed");
        Holds("-not $t.Succeeded", "$t.IsOpen", "$t.Reason -match 'does not require credentials'");
    }

    [NatsServerFact]
    public async Task Nothing_stays_in_the_log_of_the_server_unless_the_probe_is_asked_for()
    {
        Run("$a | New-NatsUser U -DenyPublish '>' | Out-Null");
        await StartInMemoryAsync();
        Holds("Test-NatsConnection A/U -Server $url");
        Assert.DoesNotContain("[ERR]", Server.Log, StringComparison.Ordinal);
        Run("$t = Test-NatsConnection A/U -Server $url -Detailed -ProbePermission");
        Holds("$t.Succeeded", "$t.Missing -match 'Permissions Violation'");
    }

    [Fact]
    public void A_name_is_a_user_and_a_file_that_is_there_is_a_file()
    {
        string server = $"-Server nats://127.0.0.1:{NatsServer.FreePort()}";
        Run("$u = $a | New-NatsUser U; $a | New-NatsUser V | Export-NatsCredential ./U | Out-Null");
        Holds($"(Test-NatsConnection A/U {server} -Detailed).User -eq 'U'", $"(Test-NatsConnection O2/A/U {server} -Detailed).User -eq 'U'",
            $"(Test-NatsConnection ./U {server} -Detailed).User -eq 'V'");
        string said = Reports("FileNotFound", $"Test-NatsConnection A/X {server}");
        Assert.Contains("'A/X'", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_not_there_is_an_answer_too()
    {
        Run($"$t = $a | New-NatsUser U | Test-NatsConnection -Server nats://127.0.0.1:{NatsServer.FreePort()} -Detailed");
        Holds("-not $t.Succeeded", "$t.Reason.Length -gt 0");
    }

    [Fact]
    public void What_cannot_be_tried_is_an_error()
    {
        Reports("FileNotFound", "Test-NatsConnection ./nobody.creds -Server nats://127.0.0.1:1");
        Reports("InvalidServer", "$a | New-NatsUser U | Test-NatsConnection");
        Run("Get-NatsUser U | Export-NatsCredential ./U.creds");
        Reports("FileNotFound", "Test-NatsConnection ./U.creds -Server nats://127.0.0.1:1 -CertificateAuthority ./nobody.pem");
        Run("New-NatsOperator X | New-NatsAccount FA | New-NatsUser FU | Export-NatsCredential ./FU.creds; Remove-NatsOperator X -Recurse "
            + "-Confirm:$false -WarningAction Ignore");
        Reports("InvalidServer", "Test-NatsConnection ./FU.creds");
    }

    [NatsServerFact]
    public async Task The_default_view_has_what_an_administrator_looks_for()
    {
        await StartInMemoryAsync();
        string text = Session.RunText("$a | New-NatsUser U | Test-NatsConnection -Detailed");
        Assert.Matches("Succeeded +: True", text);
        Assert.Matches("RoundTrip +: [0-9.]+ ms", text);
    }
}
