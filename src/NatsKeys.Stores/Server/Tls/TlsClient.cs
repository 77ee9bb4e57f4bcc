using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NATS.Client.Core;
using NatsKeys.Files;

namespace NatsKeys.Server;

/// <summary>The client side of TLS: its certificate, and the check of a server's certificate. It records why a certificate is not trusted.</summary>
internal sealed class TlsClient : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly TlsOptions options;
    private readonly X509Certificate2Collection authorities;
    private readonly ClientCertificate? certificate;

    private TlsClient(TlsOptions options, X509Certificate2Collection authorities, ClientCertificate? certificate) =>
        (this.options, this.authorities, this.certificate) = (options, authorities, certificate);

    /// <summary>Why the server's certificate was not accepted; null if it was, or if there was none.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether a server presented an accepted certificate.</summary>
    public bool HasMetServer { get; private set; }

    /// <summary>Whether the client has a certificate.</summary>
    public bool HasCertificate => certificate is not null;

    /// <summary>Reads the certificate files.</summary>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.InvalidCertificate"/>, <see cref="ErrorCode.FileNotFound"/>, or a file cannot be read.
    /// </exception>
    public static TlsClient Open(TlsOptions options, DateTimeOffset now)
    {
        X509Certificate2Collection authorities = options.CertificateAuthority is { } file ? CertificateFile.ReadAuthorities(file) : [];
        if (options.Certificate is not { } path)
        {
            return options.CertificateKey is null
                ? new TlsClient(options, authorities, certificate: null)
                : throw new NatsKeysException(
                    ErrorCode.InvalidCertificate, $"The key '{options.CertificateKey}' cannot be used without its certificate.")
                {
                    Path = options.CertificateKey,
                };
        }

        return new TlsClient(options, authorities, CertificateFile.ReadClient(path, options.CertificateKey, options.Passphrase, now));
    }

    /// <summary>The settings for connections without WebSocket.</summary>
    public NatsTlsOpts Settings()
    {
        // Certificate files mean that TLS is required. Without them, the server or the scheme of the address decides.
        bool hasFiles = certificate is not null || authorities.Count > 0;
        return new NatsTlsOpts
        {
            Mode = options.IsFirst ? TlsMode.Implicit : TlsMode.Auto,
            InsecureSkipVerify = options.SkipsCheck,
            ConfigureClientAuthentication = !hasFiles && !options.IsFirst ? null : authentication =>
            {
                Configure(authentication);
                return ValueTask.CompletedTask;
            },
        };
    }

    /// <summary>The settings for connections by WebSocket.</summary>
    public NatsWebSocketOpts WebSocketSettings() => new()
    {
        ConfigureClientWebSocketOptions = (_, socket, _) =>
        {
            socket.RemoteCertificateValidationCallback = Accepts;
            if (certificate is not null)
            {
                socket.ClientCertificates = [certificate.Leaf];
            }

            return ValueTask.CompletedTask;
        },
    };

    public void Dispose()
    {
        certificate?.Dispose();
        foreach (X509Certificate2 authority in authorities)
        {
            authority.Dispose();
        }
    }

    private void Configure(SslClientAuthenticationOptions authentication)
    {
        authentication.RemoteCertificateValidationCallback = Accepts;
        if (certificate is not null)
        {
            authentication.ClientCertificateContext = SslStreamCertificateContext.Create(
                certificate.Leaf, certificate.Intermediates, offline: true);
        }
    }

    private bool Accepts(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (options.SkipsCheck)
        {
            return HasMetServer = true;
        }

        if (shown is not X509Certificate2 server)
        {
            Refusal = "the server presented no certificate";
            return false;
        }

        string? refusal = (authorities.Count > 0 ? FaultOf(server, chain) : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
            ? FaultOf(chain!)
            : null) ?? (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"it is for {NamesOf(server)}, not for this address" : null);
        Refusal = refusal is null
            ? null
            : $"the server's certificate {TextSanitizer.Clean(server.Subject)} is not accepted: {refusal}";
        return HasMetServer = refusal is null;
    }

    /// <summary>Returns why no chain leads from a certificate to the given authorities; null if one does.</summary>
    private string? FaultOf(X509Certificate2 server, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        // A specified authority is trusted even if it is an intermediate one.
        return chain.Build(server) || IsPartial(chain) ? null : FaultOf(chain);
    }

    private bool IsPartial(X509Chain chain) =>
        chain.ChainStatus is [{ Status: X509ChainStatusFlags.PartialChain }]
        && authorities.Any(authority => authority.RawData.AsSpan().SequenceEqual(chain.ChainElements[^1].Certificate.RawData));

    private string FaultOf(X509Chain chain)
    {
        foreach (X509ChainElement element in chain.ChainElements)
        {
            if (element.ChainElementStatus.Any(status => status.Status.HasFlag(X509ChainStatusFlags.NotTimeValid)))
            {
                X509Certificate2 late = element.Certificate;
                string name = TextSanitizer.Clean(late.Subject);
                return $"{name} is valid from {late.NotBefore.ToUniversalTime():u} to {late.NotAfter.ToUniversalTime():u}";
            }
        }

        X509ChainStatusFlags all = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (sum, status) => sum | status.Status);
        return (all & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) == 0
            ? TextSanitizer.Clean(string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation.Trim())))
            : options.CertificateAuthority is { } file ? $"none of the authorities in '{file}' issued it"
            : "no authority that this machine trusts issued it";
    }

    private static string NamesOf(X509Certificate2 certificate)
    {
        X509SubjectAlternativeNameExtension[] names = [.. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()];
        string[] all =
        [
            .. names.SelectMany(name => name.EnumerateDnsNames()),
            .. names.SelectMany(name => name.EnumerateIPAddresses()).Select(address => $"{address}"),
        ];
        return all.Length == 0 ? "no host" : TextSanitizer.Clean(string.Join(", ", all));
    }
}
