using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>The kind of a connection event.</summary>
public enum ConnectionEventKind : long
{
    /// <summary>The client connected.</summary>
    Connected,

    /// <summary>The client's connection ended.</summary>
    Disconnected,

    /// <summary>The client was refused.</summary>
    Refused,
}

/// <summary>A server's report that a client connected, disconnected or was refused.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Time">The time by the server's clock.</param>
/// <param name="Connection">The client. For a refused client, servers report little besides what the client said about itself.</param>
public sealed record ConnectionEvent(ConnectionEventKind Kind, DateTimeOffset Time, LiveConnection Connection)
{
    /// <summary>The server's reason; null if it has none.</summary>
    public string? Reason { get; init; }

    /// <summary>The server.</summary>
    public ServerInformation Server => Connection.Server;

    /// <summary>The number of the connection.</summary>
    public long Id => Connection.Id;

    /// <summary>The account.</summary>
    public string Account => Connection.Account;

    /// <summary>The user.</summary>
    public string User => Connection.User;

    /// <summary>The public key that signed the user's token; null if the server does not report it.</summary>
    public string? SigningKey => Connection.SigningKey;

    /// <summary>The role of that key in the store; null for none.</summary>
    public string? Role => Connection.Role;

    /// <summary>The address of the client.</summary>
    public string Address => Connection.Address;

    /// <summary>The name that the client chose; null for none.</summary>
    public string? ClientName => Connection.ClientName;

    /// <summary>The event and the client.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Kind}: {Connection}{(Reason is null ? "" : $" ({Reason})")}");
}
