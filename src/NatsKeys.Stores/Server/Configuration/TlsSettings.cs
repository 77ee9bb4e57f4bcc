namespace NatsKeys.Server;

/// <summary>
/// The certificate of a server and its requirements for clients. They apply to all listeners. Paths are those of the server's machine.
/// </summary>
internal sealed record TlsSettings
{
    /// <summary>The path of the server's certificate.</summary>
    public string? Certificate { get; init; }

    /// <summary>The path of the certificate's key.</summary>
    public string? Key { get; init; }

    /// <summary>The path of the CA certificates; null for those of the server's machine.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>Whether clients need a certificate.</summary>
    public bool Verifies { get; init; }

    /// <summary>Whether clients begin with the TLS handshake, before the server sends anything.</summary>
    public bool HandshakeFirst { get; init; }

    /// <summary>The timeout of the handshake; null for the server's default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Refuses settings with which a server would not start, or which it would ignore.</summary>
    internal void Check()
    {
        if (string.IsNullOrEmpty(Certificate) || string.IsNullOrEmpty(Key))
        {
            throw ConfigWriter.Refused("TLS requires the server's certificate and its key.");
        }

        if (Verifies && CertificateAuthority is null)
        {
            throw ConfigWriter.Refused(
                "To verify client certificates, a server requires the file of the authority that issues them. Without it, servers trust the "
                    + "authorities of their machine.");
        }

        if (Timeout <= TimeSpan.Zero)
        {
            throw ConfigWriter.Refused("The TLS timeout must be greater than zero.");
        }
    }

    /// <summary>Writes the settings of the listener for clients.</summary>
    internal void Write(ConfigWriter text) => Write(text, Verifies, HandshakeFirst);

    /// <summary>Writes the settings of another listener. Listeners for servers always verify certificates.</summary>
    internal void WriteOther(ConfigWriter text, bool verifies) => Write(text, verifies, handshakeFirst: false);

    /// <summary>Writes the settings for connecting to another server.</summary>
    internal void WriteRemote(ConfigWriter text) => Write(text, verifies: false, handshakeFirst: false);

    private void Write(ConfigWriter text, bool verifies, bool handshakeFirst)
    {
        text.Open("tls");
        text.Quoted("cert_file", Certificate);
        text.Quoted("key_file", Key);
        text.Quoted("ca_file", CertificateAuthority);
        text.Flag("verify", verifies);
        text.Flag("handshake_first", handshakeFirst);
        if (Timeout is { } timeout)
        {
            text.Quoted("timeout", timeout);
        }

        text.Close();
    }
}
