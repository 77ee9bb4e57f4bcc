using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Server;

namespace NatsKeys.Commands;

/// <content>The parameters for TLS.</content>
public sealed partial class NewNatsServerConfigCommand
{
    /// <summary>The file of the server's certificate, on the server's machine.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    public string? TlsCertificate { get; set; }

    /// <summary>The file of its key, on the server's machine.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    public string? TlsKey { get; set; }

    /// <summary>The file with the certificate authorities that the server trusts to certify clients and other servers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    public string? TlsCertificateAuthority { get; set; }

    /// <summary>Requires clients to have a certificate.</summary>
    [Parameter]
    public SwitchParameter TlsVerify { get; set; }

    /// <summary>Starts connections with a TLS handshake, before the server sends anything.</summary>
    [Parameter]
    [Alias("TlsFirst")]
    public SwitchParameter TlsHandshakeFirst { get; set; }

    /// <summary>How long a handshake may take.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DurationArgument? TlsTimeout { get; set; }

    private TlsSettings? TlsSettings() =>
        (TlsCertificate ?? TlsKey ?? TlsCertificateAuthority) is null && !TlsVerify && !TlsHandshakeFirst && TlsTimeout is null
            ? null
            : new TlsSettings
            {
                Certificate = TlsCertificate,
                Key = TlsKey,
                CertificateAuthority = TlsCertificateAuthority,
                Verifies = TlsVerify,
                HandshakeFirst = TlsHandshakeFirst,
                Timeout = TlsTimeout?.Duration,
            };
}
