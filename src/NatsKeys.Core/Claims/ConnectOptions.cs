namespace NatsKeys.Claims;

/// <summary>What a client said when it connected, in an authorization request.</summary>
public sealed class ConnectOptions : ClaimObject
{
    /// <summary>A user token.</summary>
    public string? Jwt { get; set; }

    /// <summary>A user public key.</summary>
    public string? Nkey { get; set; }

    /// <summary>The signature of the nonce.</summary>
    public string? Sig { get; set; }

    /// <summary>A secret text.</summary>
    public string? AuthToken { get; set; }

    /// <summary>A user name.</summary>
    public string? User { get; set; }

    /// <summary>A password.</summary>
    public string? Pass { get; set; }

    /// <summary>The client's name.</summary>
    public string? Name { get; set; }

    /// <summary>The client library's language.</summary>
    public string? Lang { get; set; }

    /// <summary>The client library's version.</summary>
    public string? Version { get; set; }

    /// <summary>The protocol's number.</summary>
    public long Protocol { get; set; }

    internal override void Map(ClaimMap map)
    {
        Jwt = map.Text("jwt", Jwt);
        Nkey = map.Text("nkey", Nkey);
        Sig = map.Text("sig", Sig);
        AuthToken = map.Text("auth_token", AuthToken);
        User = map.Text("user", User);
        Pass = map.Text("pass", Pass);
        Name = map.Text("name", Name);
        Lang = map.Text("lang", Lang);
        Version = map.Text("version", Version);
        Protocol = map.Integer("protocol", Protocol, always: true);
    }
}
