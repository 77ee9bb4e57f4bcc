namespace NatsKeys.Claims;

/// <summary>The options that a client connected with, in an authorization request.</summary>
public sealed class ConnectOptions : ClaimObject
{
    private string? jwt;
    private string? nkey;
    private string? sig;
    private string? authToken;
    private string? user;
    private string? pass;
    private string? name;
    private string? lang;
    private string? version;
    private long protocol;

    /// <summary>A user token.</summary>
    public string? Jwt { get => jwt; set => Set(ref jwt, value); }

    /// <summary>A user public key.</summary>
    public string? Nkey { get => nkey; set => Set(ref nkey, value); }

    /// <summary>The signature of the nonce.</summary>
    public string? Sig { get => sig; set => Set(ref sig, value); }

    /// <summary>A secret text.</summary>
    public string? AuthToken { get => authToken; set => Set(ref authToken, value); }

    /// <summary>A user name.</summary>
    public string? User { get => user; set => Set(ref user, value); }

    /// <summary>A password.</summary>
    public string? Pass { get => pass; set => Set(ref pass, value); }

    /// <summary>The client's name.</summary>
    public string? Name { get => name; set => Set(ref name, value); }

    /// <summary>The client library's language.</summary>
    public string? Lang { get => lang; set => Set(ref lang, value); }

    /// <summary>The client library's version.</summary>
    public string? Version { get => version; set => Set(ref version, value); }

    /// <summary>The protocol's number.</summary>
    public long Protocol { get => protocol; set => Set(ref protocol, value); }

    internal override void Map(ClaimMap map)
    {
        map.Text("jwt", ref jwt);
        map.Text("nkey", ref nkey);
        map.Text("sig", ref sig);
        map.Text("auth_token", ref authToken);
        map.Text("user", ref user);
        map.Text("pass", ref pass);
        map.Text("name", ref name);
        map.Text("lang", ref lang);
        map.Text("version", ref version);
        map.Integer("protocol", ref protocol, always: true);
    }
}
