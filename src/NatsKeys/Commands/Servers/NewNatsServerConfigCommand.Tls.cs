using System.Management.Automation;
using NatsKeys.Binding;
using NatsKeys.Completion;
using NatsKeys.Server;

namespace NatsKeys.Commands;

/// <content>The certificates of the server.</content>
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

    /// <summary>The file with the authorities by which the server trusts clients and other servers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [NoSeed]
    public string? TlsCertificateAuthority { get; set; }

    /// <summary>Requires a certificate of clients.</summary>
    [Parameter]
    public SwitchParameter TlsVerify { get; set; }

    /// <summary>Begins with TLS, before the server says anything.</summary>
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
