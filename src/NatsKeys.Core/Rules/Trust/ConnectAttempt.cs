using System.Net;
using NatsKeys.Jwt;

namespace NatsKeys.Rules;

/// <summary>A client that connects, as a server sees it.</summary>
/// <param name="Token">The user token that it sends; null for none.</param>
public sealed record ConnectAttempt(string? Token)
{
    /// <summary>When it connects.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>
    /// The kind of the connection: <c>STANDARD</c> (plain TCP), <c>WEBSOCKET</c>, <c>LEAFNODE</c>, <c>LEAFNODE_WS</c>, <c>MQTT</c>, <c>MQTT_WS</c> or
    /// <c>IN_PROCESS</c>.
    /// </summary>
    public string ConnectionType { get; init; } = "STANDARD";

    /// <summary>The address from which it connects; null when that is not to be asked for.</summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>The version of the server to which it connects; null for the newest.</summary>
    public ServerVersion? Server { get; init; }

    /// <summary>The token, where it was read and checked already.</summary>
    internal NatsJwt? Checked { get; init; }

    /// <summary>How it proves that it has the user's key.</summary>
    internal NonceProof Proof { get; init; } = NonceProof.Good;

    /// <summary>Whether it comes through a proxy that the server trusts.</summary>
    internal bool ThroughTrustedProxy { get; init; }

    /// <summary>Whether it may come at another hour of the day and in another way, if that is what it takes to be let in.</summary>
    internal bool Somehow { get; init; }

    /// <summary>How many clients of the account are connected already.</summary>
    internal int ActiveConnections { get; init; }
}

/// <summary>A client's signature of the server's nonce.</summary>
internal enum NonceProof
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It is that of the token's subject.</summary>
    Good,

    /// <summary>It is another one.</summary>
    Bad,
}
