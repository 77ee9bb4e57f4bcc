using System.Security;
using NatsKeys.Binding;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>What the parameters of a cmdlet say about connections to servers. What they do not say, the environment may.</summary>
internal sealed record ServerConnection
{
    /// <summary>Addresses; null for those of the operator.</summary>
    public string[]? Server { get; init; }

    /// <summary>How long to wait; null for the usual time.</summary>
    public DurationArgument? Timeout { get; init; }

    /// <summary>The file by which servers are trusted; null for the system's authorities.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>The file with the client's certificate; null for none.</summary>
    public string? Certificate { get; init; }

    /// <summary>The file with its key; null for none.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>What opens the key; null for nothing.</summary>
    public SecureString? CertificatePassphrase { get; init; }

    /// <summary>Whether connections begin with TLS; null where nobody says.</summary>
    public bool? TlsFirst { get; init; }

    /// <summary>Whether certificates are taken as they are.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>Where the servers are, and how to connect to them.</summary>
    /// <param name="owner">The operator of the servers; null where none is known.</param>
    /// <param name="fullPath">Makes the path of a certificate full.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidServer"/>: nobody says.</exception>
    public ServerOptions Options(NatsOperator? owner, Func<string, string> fullPath)
    {
        IReadOnlyList<string> urls = Server ?? owner?.ServerUrls ?? [];
        if (urls.Count == 0)
        {
            throw new NatsKeysException(ErrorCode.InvalidServer, owner is null
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

    /// <summary>How connections are protected.</summary>
    /// <param name="fullPath">Makes the path of a certificate full.</param>
    public TlsOptions Tls(Func<string, string> fullPath)
    {
        var usual = TlsOptions.OfEnvironment(fullPath);

        // A certificate and its key come from one place: a key of the environment does not belong to a certificate that was given.
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
