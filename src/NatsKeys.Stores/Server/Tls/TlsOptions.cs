using NatsKeys.Files;

namespace NatsKeys.Server;

/// <summary>How connections are protected: by whom servers are trusted, and what the client shows them.</summary>
internal sealed record TlsOptions
{
    /// <summary>A file with the certificate authorities that servers are trusted by; null for those of the system.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>A file with the certificate of the client: PEM, or PKCS #12 with its key; null for none.</summary>
    public string? Certificate { get; init; }

    /// <summary>A PEM file with the key of the client's certificate; null where the certificate's file has it.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>What opens the key; null for nothing.</summary>
    public SecretSource? Passphrase { get; init; }

    /// <summary>Whether connections begin with TLS, before the server says anything.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether the certificates of servers are taken as they are.</summary>
    public bool SkipsCheck { get; init; }

    /// <summary>What the environment says.</summary>
    /// <param name="fullPath">Makes the path of a certificate full.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidServer"/>: a variable says nothing that can be meant.</exception>
    public static TlsOptions OfEnvironment(Func<string, string> fullPath)
    {
        string? Path(string variable) => ConnectionVariables.Find(variable) is { } path ? fullPath(path) : null;
        return new TlsOptions
        {
            CertificateAuthority = Path(ConnectionVariables.CertificateAuthority),
            Certificate = Path(ConnectionVariables.Certificate),
            CertificateKey = Path(ConnectionVariables.CertificateKey),
            Passphrase = ConnectionVariables.FindPassphrase(),
            IsFirst = ConnectionVariables.IsTlsFirst(),
        };
    }
}
