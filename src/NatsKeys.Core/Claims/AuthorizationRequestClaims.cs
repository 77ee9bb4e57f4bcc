namespace NatsKeys.Claims;

/// <summary>The claims of a server's request to an authorization callout (<c>nats</c> object of type <c>authorization_request</c>).</summary>
public sealed class AuthorizationRequestClaims : ClaimSet
{
    private ServerIdentity serverId = new();
    private string? userNkey;
    private ClientInformation clientInfo = new();
    private ConnectOptions connectOpts = new();
    private ClientTls? clientTls;
    private string? requestNonce;

    /// <inheritdoc/>
    public override ClaimKind Kind => ClaimKind.AuthorizationRequest;

    /// <summary>The server that sent the request.</summary>
    public ServerIdentity ServerId { get => serverId; set => Set(ref serverId, value); }

    /// <summary>The public key that the response's user must have.</summary>
    public string? UserNkey { get => userNkey; set => Set(ref userNkey, value); }

    /// <summary>The client that connects.</summary>
    public ClientInformation ClientInfo { get => clientInfo; set => Set(ref clientInfo, value); }

    /// <summary>The options with which the client connected.</summary>
    public ConnectOptions ConnectOpts { get => connectOpts; set => Set(ref connectOpts, value); }

    /// <summary>The client's TLS connection; null without TLS.</summary>
    public ClientTls? ClientTls { get => clientTls; set => Set(ref clientTls, value); }

    /// <summary>A nonce.</summary>
    public string? RequestNonce { get => requestNonce; set => Set(ref requestNonce, value); }

    internal override void Map(ClaimMap map)
    {
        map.Object("server_id", ref serverId);
        map.Text("user_nkey", ref userNkey, always: true);
        map.Object("client_info", ref clientInfo);
        map.Object("connect_opts", ref connectOpts);
        map.Optional("client_tls", ref clientTls);
        map.Text("request_nonce", ref requestNonce);
    }
}
