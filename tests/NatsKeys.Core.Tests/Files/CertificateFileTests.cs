using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NatsKeys.Core.Tests.Store;
using NatsKeys.Files;

namespace NatsKeys.Core.Tests.Files;

/// <summary>What is wrong with a certificate is said before anybody connects, with the name of the file and nothing of the secret.</summary>
public sealed class CertificateFileTests : IDisposable
{
    private const string Passphrase = "four words of mine";
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2048);

    private readonly TemporaryFolder folder = new();
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 certificate;

    public CertificateFileTests()
    {
        certificate = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
        Write("c.pem", certificate.ExportCertificatePem());
        Write("k.pem", key.ExportPkcs8PrivateKeyPem());
        Write("e.pem", key.ExportEncryptedPkcs8PrivateKeyPem(Passphrase, Encryption));
        Write("ec.pem", key.ExportECPrivateKeyPem());
        Write("both.pem", key.ExportPkcs8PrivateKeyPem() + "\n" + certificate.ExportCertificatePem());
        File.WriteAllBytes(folder.At("c.pfx"), certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, Passphrase));
        File.WriteAllBytes(folder.At("open.pfx"), certificate.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, ""));
    }

    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("c.pem", "k.pem", null, false)]
    [InlineData("c.pem", "k.pem", "not needed", false)]
    [InlineData("c.pem", "ec.pem", null, false)]
    [InlineData("both.pem", null, null, false)]
    [InlineData("c.pem", "e.pem", Passphrase, true)]
    [InlineData("c.pfx", null, Passphrase, true)]
    [InlineData("open.pfx", null, null, false)]
    public void A_certificate_comes_with_its_key(string path, string? keyPath, string? passphrase, bool isEncrypted)
    {
        using ClientCertificate read = Read(path, keyPath, passphrase);
        Assert.Equal((certificate.Thumbprint, true, isEncrypted), (read.Leaf.Thumbprint, read.Leaf.HasPrivateKey, read.IsEncrypted));
    }

    [Theory]
    [InlineData("c.pem", "e.pem", null, "e.pem", Remedy.ProvideCertificatePassphrase)]
    [InlineData("c.pem", "e.pem", "mistyped", "e.pem", null)]
    [InlineData("c.pem", "e.pem", "", "e.pem", null)]
    [InlineData("c.pfx", null, null, "c.pfx", Remedy.ProvideCertificatePassphrase)]
    [InlineData("c.pfx", null, "mistyped", "c.pfx", null)]
    [InlineData("c.pfx", "k.pem", Passphrase, "c.pfx", null, "k.pem")]
    [InlineData("c.pem", null, null, "c.pem", Remedy.ProvideCertificateKey)]
    [InlineData("c.pem", "c.pem", null, "c.pem", null)]
    [InlineData("k.pem", "k.pem", null, "k.pem", null)]
    [InlineData("c.pem", "other.pem", null, "other.pem", null, "c.pem")]
    [InlineData("c.pem", "other-e.pem", Passphrase, "other-e.pem", null, "c.pem")]
    [InlineData("c.pem", "old.pem", "x", "old.pem", null, "openssl pkcs8")]
    [InlineData("text", null, null, "text", null)]
    public void What_is_wrong_is_said(string path, string? keyPath, string? passphrase, string file, Remedy? remedy, string named = "")
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write("other.pem", other.ExportPkcs8PrivateKeyPem());
        Write("other-e.pem", other.ExportEncryptedPkcs8PrivateKeyPem(Passphrase, Encryption));
        Write("old.pem", "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END EC PRIVATE KEY-----\n");
        Write("text", "nothing");
        NatsKeysException error = Refused.With(ErrorCode.InvalidCertificate, () => Read(path, keyPath, passphrase));
        Assert.Equal((folder.At(file), remedy), (error.Path, error.Remedy));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.True(string.IsNullOrEmpty(passphrase) || passphrase == "x" || !$"{error}".Contains(passphrase, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-2, "2026-05-31 00:00:00Z")]
    [InlineData(2, "2026-06-02 00:00:00Z")]
    public void A_certificate_of_another_time_is_refused(int days, string end)
    {
        string message = Refused.With(
            ErrorCode.InvalidCertificate, () =>
                CertificateFile.ReadClient(folder.At("c.pem"), folder.At("k.pem"), passphrase: null, Now.AddDays(days))).Message;
        Assert.Contains(end, message, StringComparison.Ordinal);
        Assert.Contains("CN=client", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Authorities_are_one_or_more_certificates()
    {
        Write("two.pem", certificate.ExportCertificatePem() + "\n" + certificate.ExportCertificatePem());
        File.WriteAllBytes(folder.At("c.der"), certificate.RawData);
        Assert.Equal(2, CertificateFile.ReadAuthorities(folder.At("two.pem")).Count);
        Assert.Single(CertificateFile.ReadAuthorities(folder.At("c.der")));
        Refused.With(ErrorCode.InvalidCertificate, () => CertificateFile.ReadAuthorities(folder.At("k.pem")));
        Refused.With(ErrorCode.InvalidCertificate, () => CertificateFile.ReadAuthorities(folder.At("c.pfx")));
        Refused.With(ErrorCode.FileNotFound, () => CertificateFile.ReadAuthorities(folder.At("none")));
    }

    private ClientCertificate Read(string path, string? keyPath, string? passphrase) => CertificateFile.ReadClient(
        folder.At(path), keyPath is null ? null : folder.At(keyPath), passphrase is null ? null : reader => reader(passphrase), Now);

    private void Write(string name, string text) => File.WriteAllText(folder.At(name), text);
}
