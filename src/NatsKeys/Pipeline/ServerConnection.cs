using System.Security;
using NatsKeys.Binding;
using NatsKeys.Errors;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>The parameters of a cmdlet for connections to servers. The environment has the values for parameters that are omitted.</summary>
internal sealed record ServerConnection
{
    /// <summary>The addresses; null for those of the operator.</summary>
    public string[]? Server { get; init; }

    /// <summary>The timeout; null for the default.</summary>
    public DurationArgument? Timeout { get; init; }

    /// <summary>The path of the CA certificates; null for those of the system.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>The path of the client's certificate; null for none.</summary>
    public string? Certificate { get; init; }

    /// <summary>The path of the certificate's key; null for none.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>The passphrase of the key; null for none.</summary>
    public SecureString? CertificatePassphrase { get; init; }

    /// <summary>Whether connections begin with the TLS handshake; null if not specified.</summary>
    public bool? TlsFirst { get; init; }

    /// <summary>Whether server certificates are accepted without a check.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>Gets the addresses of the servers and the connection options.</summary>
    /// <param name="owner">The operator of the servers; null if unknown.</param>
    /// <param name="fullPath">Makes the path of a certificate absolute.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidServer"/>: no address is known.</exception>
    public ServerOptions Options(NatsOperator? owner, Func<string, string> fullPath)
    {
        IReadOnlyList<string> urls = Server ?? owner?.ServerUrls ?? [];
        if (urls.Count == 0)
        {
            throw new AdvisedException(ErrorCode.InvalidServer, owner is null
                ? "No server is known: the operator of this user is not in the store. Specify -Server."
                : $"No server is known: the {owner.Path} has no service URLs{WhyNot(owner)}. Specify -Server, or set them with Set-NatsOperator "
                    + "-ServiceUrl.");
        }

        var options = new ServerOptions(urls) { Tls = Tls(fullPath) };
        return Timeout is null ? options : options with { Timeout = Timeout.Patience };
    }

    private static string WhyNot(NatsOperator owner) => string.IsNullOrEmpty(owner.AccountServerUrl)
        ? ""
        : $", and its account server {owner.AccountServerUrl} is not a NATS server";

    /// <summary>Gets the TLS options.</summary>
    /// <param name="fullPath">Makes the path of a certificate absolute.</param>
    public TlsOptions Tls(Func<string, string> fullPath)
    {
        var usual = TlsOptions.OfEnvironment(fullPath);

        // A certificate and its key come from the same source: a key from the environment does not belong to a given certificate.
        bool isGiven = (Certificate ?? CertificateKey) is not null;
        return usual with
        {
            CertificateAuthority = CertificateAuthority is null ? usual.CertificateAuthority : fullPath(CertificateAuthority),
            Certificate = isGiven ? Certificate is null ? null : fullPath(Certificate) : usual.Certificate,
            CertificateKey = isGiven ? CertificateKey is null ? null : fullPath(CertificateKey) : usual.CertificateKey,
            Passphrase = CertificatePassphrase is { } secret ? reader => SecureStrings.Use(secret, reader) : usual.Passphrase,
            IsFirst = TlsFirst ?? usual.IsFirst,
            SkipsCheck = SkipCertificateCheck,
        };
    }
}
