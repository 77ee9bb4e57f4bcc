using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NatsKeys.Tests.Server;

/// <summary>A server that shows a certificate of an authority that nobody else knows, and wants to see one of its clients.</summary>
public sealed class TlsTests : ResolverTest
{
    private const string Trusted = "-CertificateAuthority ./ca.pem -Certificate ./client.pem -CertificateKey ./client-key.pem";

    [NatsServerFact]
    public async Task Who_knows_the_authority_and_shows_a_certificate_gets_through()
    {
        await StartWithTlsAsync();
        Run($"$t = Get-NatsUser sys | Test-NatsConnection {Trusted} -Detailed");
        Assert.Equal("", Value("\"$($t.Reason)\""));
        Holds("$t.Succeeded");
        Holds($"(Publish-NatsAccount A {Trusted}).Outcome -eq 'Done'", $"(Compare-NatsAccount A {Trusted}).State -eq 'Same'");
    }

    [NatsServerFact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_unless_the_check_is_skipped()
    {
        await StartWithTlsAsync();
        Run("$t = Get-NatsUser sys | Test-NatsConnection -Certificate ./client.pem -CertificateKey ./client-key.pem -Detailed");
        Holds("-not $t.Succeeded", "$t.Reason -match 'certificate'");
        Assert.Equal("ServerUnreachable", Ends("Publish-NatsAccount A -Certificate ./client.pem -CertificateKey ./client-key.pem").ErrorId);

        Holds("Get-NatsUser sys | Test-NatsConnection -Certificate ./client.pem -CertificateKey ./client-key.pem -SkipCertificateCheck");
    }

    [NatsServerFact]
    public async Task A_server_that_wants_a_certificate_does_not_go_without()
    {
        await StartWithTlsAsync();
        Holds("-not (Get-NatsUser sys | Test-NatsConnection -CertificateAuthority ./ca.pem -Timeout 5s)");
    }

    /// <summary>They are read before the server hears of them.</summary>
    [NatsServerTheory(NewestOnly = true)]
    [InlineData("-Certificate ./client.pem")]
    [InlineData("-CertificateAuthority ./client-key.pem")]
    [InlineData("-Certificate ./ca.pem -CertificateKey ./ca.pem")]
    public async Task Files_that_are_no_certificates_are_a_reason(string files)
    {
        await StartWithTlsAsync();
        Run($"$t = Get-NatsUser sys | Test-NatsConnection {files} -Timeout 5s -Detailed");
        Holds("-not $t.Succeeded", "$t.Reason.Length -gt 0");
    }

    private async Task StartWithTlsAsync()
    {
        using RSA authorityKey = RSA.Create(2048);
        var request = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        using X509Certificate2 authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        WriteFile("ca.pem", authority.ExportCertificatePem());
        Issue(authority, "server");
        Issue(authority, "client");
        await Server.StartAsync(
            Configuration(Full, "server/jwt")
                + $"tls {{\ncert_file: '{PathOf("server.pem")}'\nkey_file: '{PathOf("server-key.pem")}'\nca_file: '{PathOf("ca.pem")}'\nverify: "
                    + $"true\n}}\n");
        Run("Set-NatsOperator O2 -ServiceUrl $url", ("url", Server.Url));
    }

    private void Issue(X509Certificate2 authority, string name)
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(
            authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        WriteFile($"{name}.pem", certificate.ExportCertificatePem());
        WriteFile($"{name}-key.pem", key.ExportPkcs8PrivateKeyPem());
    }
}
