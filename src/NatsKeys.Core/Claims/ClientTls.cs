namespace NatsKeys.Claims;

/// <summary>The TLS connection of a client, in an authorization request.</summary>
public sealed class ClientTls : ClaimObject
{
    /// <summary>The version of TLS.</summary>
    public string? Version { get; set; }

    /// <summary>The cipher suite.</summary>
    public string? Cipher { get; set; }

    /// <summary>The client's certificates as PEM texts.</summary>
    public List<string> Certs { get; set; } = [];

    /// <summary>The chains that were verified, each a list of PEM texts.</summary>
    public List<List<string>> VerifiedChains { get; set; } = [];

    internal override void Map(ClaimMap map)
    {
        Version = map.Text("version", Version);
        Cipher = map.Text("cipher", Cipher);
        Certs = map.Texts("certs", Certs);
        VerifiedChains = map.TextLists("verified_chains", VerifiedChains);
    }
}
