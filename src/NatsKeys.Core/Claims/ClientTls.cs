namespace NatsKeys.Claims;

/// <summary>The TLS connection of a client, in an authorization request.</summary>
public sealed class ClientTls : ClaimObject
{
    private string? version;
    private string? cipher;
    private ClaimList<string> certs = [];
    private ClaimList<ClaimList<string>> verifiedChains = [];

    /// <summary>The version of TLS.</summary>
    public string? Version { get => version; set => Set(ref version, value); }

    /// <summary>The cipher suite.</summary>
    public string? Cipher { get => cipher; set => Set(ref cipher, value); }

    /// <summary>The client's certificates as PEM texts.</summary>
    public ClaimList<string> Certs { get => certs; set => Set(ref certs, value); }

    /// <summary>The chains that were verified, each a list of PEM texts.</summary>
    public ClaimList<ClaimList<string>> VerifiedChains { get => verifiedChains; set => Set(ref verifiedChains, value); }

    internal override void Map(ClaimMap map)
    {
        map.Text("version", ref version);
        map.Text("cipher", ref cipher);
        map.Texts("certs", ref certs);
        map.TextLists("verified_chains", ref verifiedChains);
    }
}
