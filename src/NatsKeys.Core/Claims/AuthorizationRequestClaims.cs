namespace NatsKeys.Claims;

/// <summary>What a server asks an authorization callout (<c>nats</c> object of type <c>authorization_request</c>).</summary>
public sealed class AuthorizationRequestClaims : ClaimSet
{
    /// <inheritdoc/>
    public override ClaimKind Kind => ClaimKind.AuthorizationRequest;

    /// <summary>The server that asks.</summary>
    public ServerIdentity ServerId { get; set; } = new();

    /// <summary>The user public key that the answer must be about.</summary>
    public string? UserNkey { get; set; }

    /// <summary>The client that wants in.</summary>
    public ClientInformation ClientInfo { get; set; } = new();

    /// <summary>What the client said when it connected.</summary>
    public ConnectOptions ConnectOpts { get; set; } = new();

    /// <summary>The client's TLS connection; null without one.</summary>
    public ClientTls? ClientTls { get; set; }

    /// <summary>A number used once.</summary>
    public string? RequestNonce { get; set; }

    internal override void Map(ClaimMap map)
    {
        ServerId = map.Object("server_id", ServerId);
        UserNkey = map.Text("user_nkey", UserNkey, always: true);
        ClientInfo = map.Object("client_info", ClientInfo);
        ConnectOpts = map.Object("connect_opts", ConnectOpts);
        ClientTls = map.Optional("client_tls", ClientTls);
        RequestNonce = map.Text("request_nonce", RequestNonce);
    }
}
