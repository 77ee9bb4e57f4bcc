using NatsKeys.Rules;

namespace NatsKeys.Tests.Server;

/// <summary>Servers that show a certificate of an authority that nobody else knows, and want to see one of their clients.</summary>
public sealed class TlsTests : ResolverTest
{
    private const string Authority = "-CertificateAuthority ./ca.pem -Timeout 20s";
    private const string Files = "-Certificate ./client.pem -CertificateKey ./client-key.pem";
    private const string Trusted = $"{Authority} {Files}";

    private readonly TestAuthority authority;

    public TlsTests()
    {
        authority = new TestAuthority(Session.Folder);
        authority.Issue("server");
        authority.Issue("client");
        Run("$pass = ConvertTo-SecureString 'four words of mine' -AsPlainText -Force; $user = Get-NatsUser sys");
    }

    public override async Task DisposeAsync()
    {
        authority.Dispose();
        await base.DisposeAsync();
    }

    [NatsServerFact]
    public async Task Who_knows_the_authority_and_shows_a_certificate_gets_through()
    {
        await StartWithTlsAsync("-TlsVerify");
        Run($"$t = $user | Test-NatsConnection {Trusted} -Detailed");
        Assert.Equal("", Value("\"$($t.Reason)\""));
        Holds("$t.Succeeded");
        Holds($"(Publish-NatsAccount A {Trusted}).Outcome -eq 'Done'", $"(Compare-NatsAccount A {Trusted}).State -eq 'Same'");
    }

    /// <summary>One server, and every way to give the certificate, and every way in which it does not do.</summary>
    [NatsServerFact(NewestOnly = true)]
    public async Task Certificates_are_given_in_many_ways_and_what_is_wrong_is_said()
    {
        using var stranger = new TestAuthority(Session.Folder, "stranger");
        authority.Issue("late", hours: -1);
        await StartWithTlsAsync("-TlsVerify");
        foreach (string way in new[]
        {
            "-Certificate ./client.pem -CertificateKey ./client-locked.pem -CertificatePassphrase $pass",
            "-Certificate ./client.pem -CertificateKey ./client-locked.pem -CertificatePassphrase ([pscredential]::new('x', $pass))",
            "-Certificate ./client.pfx -CertificatePassphrase $pass",
            "-TlsFirst:$false -Certificate ./client.pem -CertificateKey ./client-key.pem",
        })
        {
            Holds($"$user | Test-NatsConnection {Authority} {way}");
        }

        Run(
            """
            $lent.NATSKEYS_CERTIFICATE_AUTHORITY = "$pwd/ca.pem"; $lent.NATSKEYS_CERTIFICATE = "$pwd/client.pem"
            $lent.NATSKEYS_CERTIFICATE_KEY = "$pwd/client-locked.pem"; $lent.NATSKEYS_CERTIFICATE_PASSPHRASE = 'four words of mine'
            $byVariables = (Publish-NatsAccount A).Outcome
            """);
        Holds("$byVariables -eq 'Done'");

        foreach ((string files, string said) in new[]
        {
            ("-Certificate ./client.pem -CertificateKey ./client-locked.pem", "no passphrase is available. Specify it with -CertificatePassphrase"),
            ("-Certificate ./client.pem -CertificateKey ./client-locked.pem -CertificatePassphrase (ConvertTo-SecureString no -AsPlainText -Force)",
                "does not open the key"),
            ("-Certificate ./late.pem -CertificateKey ./late-key.pem", "expired at"),
            ("-Certificate ./client.pem -CertificateKey ./server-key.pem", "does not belong"),
            ("-Certificate ./client.pem", "holds no private key. Specify its file with -CertificateKey"),
            ("-CertificateKey ./client-key.pem", "without its certificate"),
        })
        {
            Assert.Contains(said, Reports("InvalidCertificate", $"$user | Test-NatsConnection {Authority} {files}"), StringComparison.Ordinal);
            Assert.Equal("InvalidCertificate", Ends($"Publish-NatsAccount A {Authority} {files}").ErrorId);
        }

        Reports("InvalidCertificate", "$user | Test-NatsConnection -CertificateAuthority ./client-key.pem");
        Assert.DoesNotContain(
            "four words", Ends("$user | Test-NatsConnection -CertificatePassphrase 'four words of mine'").Message, StringComparison.Ordinal);
        Says(PathOf("stranger.pem"), Reason($"-CertificateAuthority ./stranger.pem {Files}"));
        Says("TLS first", Reason($"{Trusted} -TlsFirst"));
        Says("-Certificate", Reason(Authority));
        Assert.NotEqual("", Reason(Files));
        Assert.Equal("ServerUnreachable", Ends($"Publish-NatsAccount A {Files}").ErrorId);
        Holds($"$user | Test-NatsConnection {Files} -SkipCertificateCheck");
    }

    [NatsServerFact(NewestOnly = true)]
    public async Task A_server_s_certificate_of_another_time_or_for_another_host_is_refused()
    {
        authority.Issue("server", hours: -1);
        await StartWithTlsAsync("");
        Says("CN=server", Reason(Authority));

        authority.Issue("server", host: "n1.acme.example");
        await StartWithTlsAsync("");
        Says("n1.acme.example", Reason(Authority));
    }

    [NatsServerFact(ServerFeature.HandshakeFirst)]
    public async Task Tls_comes_first_where_server_and_client_agree()
    {
        await StartWithTlsAsync("-TlsVerify -TlsHandshakeFirst");
        Holds($"(Publish-NatsAccount A {Trusted} -TlsFirst).Outcome -eq 'Done'");
        Holds($"$lent.NATSKEYS_TLS_FIRST = 'true'; $user | Test-NatsConnection {Trusted}");
        Says("-TlsFirst", Reason($"{Files} -CertificateAuthority ./ca.pem -Timeout 3s"));
        Says("-Certificate", Reason($"{Authority} -TlsFirst"));
        Reports("InvalidServer", $"$lent.NATSKEYS_TLS_FIRST = 'maybe'; $user | Test-NatsConnection {Trusted}");
    }

    [NatsServerFact]
    public async Task A_websocket_shows_certificates_too()
    {
        int port = NatsServer.FreePort();
        await StartWithTlsAsync($"-TlsVerify -WebSocketPort {port}");
        Holds($"$user | Test-NatsConnection {Trusted} -Server wss://127.0.0.1:{port}");
        Assert.NotEqual("", Reason($"{Files} -Server wss://127.0.0.1:{port}"));
    }

    private static void Says(string expected, string reason) => Assert.True(reason.Contains(expected, StringComparison.Ordinal), reason);

    private string Reason(string arguments)
    {
        Run($"$t = $user | Test-NatsConnection {arguments} -Detailed");
        Holds("-not $t.Succeeded");
        return (string)Value("\"$($t.Reason)\"")!;
    }

    private async Task StartWithTlsAsync(string arguments)
    {
        await Server.StartAsync((string)Value(
            "New-NatsServerConfig -Operator O2 -Resolver Full -Directory \"$pwd/server/jwt\" -TlsCertificate \"$pwd/server.pem\" -TlsKey "
                + "\"$pwd/server-key.pem\" "
                + $"-TlsCertificateAuthority \"$pwd/ca.pem\" -TlsTimeout 30s {arguments}")!);
        Run("Set-NatsOperator O2 -ServiceUrl $url", ("url", Server.Url));
    }
}
