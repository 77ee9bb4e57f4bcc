using NatsKeys.Binding;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Pipeline;

/// <summary>What the parameters of a cmdlet say about connections to servers.</summary>
/// <param name="Server">Addresses; null for those of the operator.</param>
/// <param name="Timeout">How long to wait; null for the usual time.</param>
/// <param name="CertificateAuthority">The file by which servers are trusted; null for the system's authorities.</param>
/// <param name="Certificate">The file with the client's certificate; null for none.</param>
/// <param name="CertificateKey">The file with its key; null for none.</param>
/// <param name="SkipCertificateCheck">Whether certificates are taken as they are.</param>
internal sealed record ServerConnection(
    string[]? Server,
    DurationArgument? Timeout,
    string? CertificateAuthority,
    string? Certificate,
    string? CertificateKey,
    bool SkipCertificateCheck)
{
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

        var options = new ServerOptions(urls)
        {
            CertificateAuthority = CertificateAuthority is null ? null : fullPath(CertificateAuthority),
            Certificate = Certificate is null ? null : fullPath(Certificate),
            CertificateKey = CertificateKey is null ? null : fullPath(CertificateKey),
            SkipCertificateCheck = SkipCertificateCheck,
        };
        return Timeout is null ? options : options with { Timeout = Timeout.Patience };
    }

    private static string WhyNot(NatsOperator owner) => string.IsNullOrEmpty(owner.AccountServerUrl)
        ? ""
        : $", and its account server {owner.AccountServerUrl} is not a NATS server";
}
