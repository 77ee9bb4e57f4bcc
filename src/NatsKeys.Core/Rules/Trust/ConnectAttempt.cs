using System.Net;
using NatsKeys.Jwt;

namespace NatsKeys.Rules;

/// <summary>Represents a connecting client, as a server sees it.</summary>
/// <param name="Token">The user token that the client sends; null for none.</param>
public sealed record ConnectAttempt(string? Token)
{
    /// <summary>When it connects.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>
    /// The kind of the connection: <c>STANDARD</c> (plain TCP), <c>WEBSOCKET</c>, <c>LEAFNODE</c>, <c>LEAFNODE_WS</c>, <c>MQTT</c>, <c>MQTT_WS</c> or
    /// <c>IN_PROCESS</c>.
    /// </summary>
    public string ConnectionType { get; init; } = "STANDARD";

    /// <summary>The address from which it connects; null to skip the check of addresses.</summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>The version of the server to which it connects; null for the newest.</summary>
    public ServerVersion? Server { get; init; }

    /// <summary>The token, if it was already read and verified.</summary>
    internal NatsJwt? Checked { get; init; }

    /// <summary>The client's proof that it has the user's key.</summary>
    internal NonceProof Proof { get; init; } = NonceProof.Good;

    /// <summary>Whether it connects through a proxy that the server trusts.</summary>
    internal bool ThroughTrustedProxy { get; init; }

    /// <summary>Whether to ignore the time of day and the connection type: any that the user may use will do.</summary>
    internal bool Somehow { get; init; }

    /// <summary>The number of clients of the account that are already connected.</summary>
    internal int ActiveConnections { get; init; }
}

/// <summary>The client's signature of the server's nonce.</summary>
internal enum NonceProof
{
    /// <summary>The client sends no signature.</summary>
    None,

    /// <summary>The signature is by the subject of the token.</summary>
    Good,

    /// <summary>The signature is not by the subject of the token.</summary>
    Bad,
}
