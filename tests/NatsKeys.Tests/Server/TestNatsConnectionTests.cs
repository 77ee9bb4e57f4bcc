using NatsKeys.Server;

namespace NatsKeys.Tests.Server;

public sealed class TestNatsConnectionTests : ResolverTest
{
    [NatsServerFact]
    public async Task A_user_that_is_let_in_learns_of_the_server_and_of_the_way_there()
    {
        await StartInMemoryAsync();
        Run("$u = $a | New-NatsUser U; $u | Export-NatsCredential ./U.creds");
        foreach (string test in new[] { "$u | Test-NatsConnection", "Test-NatsConnection ./U.creds -Server $url", "Import-NatsCredential ./U.creds | Test-NatsConnection", "[System.IO.FileInfo]::new(\"$pwd/U.creds\") | Test-NatsConnection" })
        {
            Run($"$t = {test}");
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
            Holds("$null -eq $t.Missing", "$null -ne $t.Permissions", "$t.PublicKey -eq $u.Subject", "$t.Account -eq $a.Subject");
        }
        else
        {
            Assert.Equal($"The permissions: a server of version {Server.Version} does not tell them.", Value("$t.Missing"));
        }
    }

    [NatsServerFact]
    public async Task A_user_that_is_refused_learns_why()
    {
        await StartInMemoryAsync();
        Run("New-NatsOperator X | New-NatsAccount FA | New-NatsUser FU | Export-NatsCredential ./FU.creds");

        Run("$t = Test-NatsConnection ./FU.creds -Server $url");

        Holds("-not $t.Succeeded", "$t.Reason -match 'Authorization Violation'", "$null -eq $t.RoundTrip", "$null -eq $t.Server");
    }

    [Fact]
    public void A_server_that_is_not_there_is_an_answer_too()
    {
        Run($"$t = $a | New-NatsUser U | Test-NatsConnection -Server nats://127.0.0.1:{NatsServer.FreePort()}");
        Holds("-not $t.Succeeded", "$t.Reason.Length -gt 0");
    }

    [Fact]
    public void What_cannot_be_tried_is_an_error()
    {
        Reports("FileNotFound", "Test-NatsConnection ./nobody.creds -Server nats://127.0.0.1:1");
        Reports("InvalidServer", "$a | New-NatsUser U | Test-NatsConnection");
        Run("Get-NatsUser U | Export-NatsCredential ./U.creds");
        Reports("FileNotFound", "Test-NatsConnection ./U.creds -Server nats://127.0.0.1:1 -CertificateAuthority ./nobody.pem");
        Run("New-NatsOperator X | New-NatsAccount FA | New-NatsUser FU | Export-NatsCredential ./FU.creds; Remove-NatsOperator X -Recurse -Confirm:$false -WarningAction Ignore");
        Reports("InvalidServer", "Test-NatsConnection ./FU.creds");
    }

    [NatsServerFact]
    public async Task The_default_view_has_what_an_administrator_looks_for()
    {
        await StartInMemoryAsync();
        string text = Session.RunText("$a | New-NatsUser U | Test-NatsConnection");
        Assert.Matches("Succeeded +: True", text);
        Assert.Matches("RoundTrip +: [0-9.]+ ms", text);
    }
}
