using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NatsKeys.Tests.Server;

/// <summary>An authority that nobody else knows, and the files of the certificates that it issues.</summary>
internal sealed class TestAuthority : IDisposable
{
    /// <summary>What opens the encrypted keys.</summary>
    internal const string Passphrase = "four words of mine";

    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2048);
    private readonly string folder;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 certificate;

    /// <summary>Makes an authority, whose certificate is <c>name.pem</c>.</summary>
    /// <param name="folder">The folder for its files.</param>
    /// <param name="name">The name.</param>
    internal TestAuthority(string folder, string name = "ca")
    {
        this.folder = folder;
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
        Write($"{name}.pem", certificate.ExportCertificatePem());
    }

    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
    }

    /// <summary>Issues a certificate: <c>name.pem</c>, its key <c>name-key.pem</c>, that key encrypted, and both as a bundle.</summary>
    /// <param name="name">The name.</param>
    /// <param name="hours">How many hours it is valid from now; less than none for one that has expired.</param>
    /// <param name="host">The name of the host that it is for; null for this machine's address.</param>
    internal void Issue(string name, int hours = 24, string? host = null)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (host is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }
        else
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 issued = request.Create(certificate, now.AddDays(-1), now.AddHours(hours), RandomNumberGenerator.GetBytes(8));
        Write($"{name}.pem", issued.ExportCertificatePem());
        Write($"{name}-key.pem", own.ExportPkcs8PrivateKeyPem());
        Write($"{name}-locked.pem", own.ExportEncryptedPkcs8PrivateKeyPem(Passphrase, Encryption));
        using X509Certificate2 whole = issued.CopyWithPrivateKey(own);
        File.WriteAllBytes(Path.Combine(folder, $"{name}.pfx"), whole.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, Passphrase));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
