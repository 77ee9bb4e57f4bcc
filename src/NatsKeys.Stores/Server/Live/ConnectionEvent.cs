using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>What happened to a client.</summary>
public enum ConnectionEventKind : long
{
    /// <summary>It was let in.</summary>
    Connected,

    /// <summary>Its connection ended.</summary>
    Disconnected,

    /// <summary>It was not let in.</summary>
    Refused,
}

/// <summary>What a server tells of a client when it comes, leaves or is refused.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Time">When, by the clock of the server.</param>
/// <param name="Connection">The client. Of one that was refused, servers tell what it said of itself, and little else.</param>
public sealed record ConnectionEvent(ConnectionEventKind Kind, DateTimeOffset Time, LiveConnection Connection)
{
    /// <summary>The server's words about why; null where it has none.</summary>
    public string? Reason { get; init; }

    /// <summary>The server.</summary>
    public ServerInformation Server => Connection.Server;

    /// <summary>The number of the connection.</summary>
    public long Id => Connection.Id;

    /// <summary>The account.</summary>
    public string Account => Connection.Account;

    /// <summary>The user.</summary>
    public string User => Connection.User;

    /// <summary>The public key that signed the user's token; null where the server does not tell it.</summary>
    public string? SigningKey => Connection.SigningKey;

    /// <summary>The role of that key in the store; null for none.</summary>
    public string? Role => Connection.Role;

    /// <summary>From where the client came.</summary>
    public string Address => Connection.Address;

    /// <summary>The name that the client gives itself; null for none.</summary>
    public string? ClientName => Connection.ClientName;

    /// <summary>What happened to whom.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Kind}: {Connection}{(Reason is null ? "" : $" ({Reason})")}");
}
