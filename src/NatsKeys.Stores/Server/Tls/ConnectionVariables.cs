using NatsKeys.Files;

namespace NatsKeys.Server;

/// <summary>The environment variables for TLS settings that are not specified otherwise.</summary>
internal static class ConnectionVariables
{
    public const string CertificateAuthority = "NATSKEYS_CERTIFICATE_AUTHORITY";
    public const string Certificate = "NATSKEYS_CERTIFICATE";
    public const string CertificateKey = "NATSKEYS_CERTIFICATE_KEY";
    public const string CertificatePassphrase = "NATSKEYS_CERTIFICATE_PASSPHRASE";
    public const string TlsFirst = "NATSKEYS_TLS_FIRST";

    /// <summary>The value of a variable; null if it is not set.</summary>
    public static string? Find(string variable) => RootVariables.Find(variable);

    /// <summary>The passphrase; null if the variable is not set.</summary>
    public static SecretSource? FindPassphrase() => Find(CertificatePassphrase) is { } text ? reader => reader(text) : null;

    /// <summary>Whether connections begin with the TLS handshake.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidServer"/>: the variable is neither true nor false.</exception>
    public static bool IsTlsFirst() => Find(TlsFirst)?.ToUpperInvariant() switch
    {
        null or "0" or "FALSE" => false,
        "1" or "TRUE" => true,
        _ => throw new NatsKeysException(ErrorCode.InvalidServer, $"The environment variable {TlsFirst} must be true or false."),
    };
}
