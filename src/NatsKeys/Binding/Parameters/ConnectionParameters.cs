using System.Management.Automation;
using NatsKeys.Server;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>The parameters of connections to servers: where these are, how they are trusted, and how long they have time.</summary>
public sealed class ConnectionParameters
{
    /// <summary>Addresses of servers, such as <c>nats://host:4222</c>. Without it: the service URLs of the operator.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Server { get; set; }

    /// <summary>How long to wait for a connection, and for the answers to each request, such as <c>10s</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public DurationArgument? Timeout { get; set; }

    /// <summary>A PEM file with the certificate authorities by which the servers are trusted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateAuthority { get; set; }

    /// <summary>A PEM file with the certificate of the client.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Certificate { get; set; }

    /// <summary>A PEM file with the key of the client's certificate.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateKey { get; set; }

    /// <summary>Takes the certificates of the servers as they are.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Where the servers are, and how to connect to them.</summary>
    /// <param name="owner">The operator of the servers; null where none is known.</param>
    /// <param name="fullPath">Makes the path of a certificate full.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidServer"/>: nobody says.</exception>
    internal ServerOptions Options(NatsOperator? owner, Func<string, string> fullPath)
    {
        IReadOnlyList<string> urls = Server ?? owner?.ServiceUrls ?? [];
        if (urls.Count == 0)
        {
            throw new NatsKeysException(ErrorCode.InvalidServer, owner is null
                ? "No server is known: the operator of this user is not in the store. Give -Server."
                : $"No server is known: the {owner.Path} has no service URLs. Give -Server, or set them with Set-NatsOperator -ServiceUrl.");
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
}
