using System.Management.Automation;
using System.Security;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Pipeline;

namespace NatsKeys.Commands;

/// <summary>The base class of the cmdlets that connect to servers. They have addresses, a timeout and certificates.</summary>
public abstract class ConnectionCmdlet : NatsCmdlet
{
    private bool? tlsFirst;

    /// <inheritdoc cref="StoreCmdlet.Store"/>
    [Parameter]
    [PipelineInput(IsOne = true)]
    [ValidateNotNull]
    public StoreArgument? Store { get; set; }

    /// <summary>Addresses of servers, such as <c>nats://host:4222</c>. Without it: the service URLs of the operator.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ServerUrlCompleter))]
    public string[]? Server { get; set; }

    /// <summary>How long to wait for a connection, and for the answers to each request, such as <c>10s</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DurationArgument? Timeout { get; set; }

    /// <summary>A PEM file with the certificate authorities that are trusted to certify the servers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateAuthority { get; set; }

    /// <summary>A file with the certificate of the client: PEM, or PFX with its key.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Certificate { get; set; }

    /// <summary>A PEM file with the key of the client's certificate.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateKey { get; set; }

    /// <summary>The passphrase of the key if it is encrypted: a secure string or a credential.</summary>
    [Parameter]
    [ValidateNotNull]
    [Passphrase]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public SecureString? CertificatePassphrase { get; set; }

    /// <summary>Starts connections with a TLS handshake, before the server sends anything.</summary>
    [Parameter]
    [Alias("TlsHandshakeFirst")]
    public SwitchParameter TlsFirst
    {
        get => tlsFirst ?? false;
        set => tlsFirst = value;
    }

    /// <summary>Does not verify the certificates of the servers.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    internal sealed override StoreArgument? NamedStore => Store;

    /// <summary>The settings of the connection.</summary>
    private protected ServerConnection Connection => new()
    {
        Server = Server,
        Timeout = Timeout,
        CertificateAuthority = CertificateAuthority,
        Certificate = Certificate,
        CertificateKey = CertificateKey,
        CertificatePassphrase = CertificatePassphrase,
        TlsFirst = tlsFirst,
        SkipCertificateCheck = SkipCertificateCheck,
    };
}
