namespace NatsKeys.Server;

/// <summary>The certificate of a server, and what it asks of others. It holds for every listener. Files are those of the server's machine.</summary>
internal sealed record TlsSettings
{
    /// <summary>The file of the server's certificate.</summary>
    public string? Certificate { get; init; }

    /// <summary>The file of its key.</summary>
    public string? Key { get; init; }

    /// <summary>The file with the authorities that are trusted; null for those of the server's machine.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>Whether clients must have a certificate.</summary>
    public bool Verifies { get; init; }

    /// <summary>Whether clients begin with TLS, before the server says anything.</summary>
    public bool HandshakeFirst { get; init; }

    /// <summary>How long a handshake may take; null for the server's own choice.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Refuses what a server does not start with, and what it would pass over.</summary>
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

    /// <summary>Writes the settings of a listener for others than clients. Those of servers always verify.</summary>
    internal void WriteOther(ConfigWriter text, bool verifies) => Write(text, verifies, handshakeFirst: false);

    /// <summary>Writes what a server needs that connects to another one.</summary>
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
