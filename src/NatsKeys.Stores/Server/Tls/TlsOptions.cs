using NatsKeys.Files;

namespace NatsKeys.Server;

/// <summary>TLS options: the authorities to trust, and the client's certificate.</summary>
internal sealed record TlsOptions
{
    /// <summary>The path of the CA certificates; null for those of the system.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>The path of the client's certificate: PEM, or PKCS #12 with its key. Null for none.</summary>
    public string? Certificate { get; init; }

    /// <summary>The path of a PEM file with the certificate's key; null if the certificate's file contains it.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>The source of the key's passphrase; null for none.</summary>
    public SecretSource? Passphrase { get; init; }

    /// <summary>Whether connections begin with the TLS handshake, before the server sends anything.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether server certificates are accepted without a check.</summary>
    public bool SkipsCheck { get; init; }

    /// <summary>Reads the options from the environment.</summary>
    /// <param name="fullPath">Makes a path absolute.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidServer"/>: the value of a variable is not valid.</exception>
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
