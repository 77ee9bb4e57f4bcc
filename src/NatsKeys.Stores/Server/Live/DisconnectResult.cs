using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>What became of the request to disconnect a client.</summary>
public enum DisconnectOutcome : long
{
    /// <summary>The server ended the connection.</summary>
    Disconnected,

    /// <summary>The client had left before.</summary>
    Gone,

    /// <summary>The server is older than the request.</summary>
    NotSupported,

    /// <summary>The server did not do it.</summary>
    Refused,

    /// <summary>The client is connected still, or again, when the time is over.</summary>
    Remains,
}

/// <summary>The answer to the request to disconnect a client.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record DisconnectResult(LiveConnection Connection, DisconnectOutcome Outcome)
{
    /// <summary>Why it was not done, or need not be; null where it was done.</summary>
    public string? Reason { get; init; }

    /// <summary>The server.</summary>
    public ServerInformation Server => Connection.Server;

    /// <summary>The number of the connection.</summary>
    public long Id => Connection.Id;

    /// <summary>The account.</summary>
    public string Account => Connection.Account;

    /// <summary>The user.</summary>
    public string User => Connection.User;

    /// <summary>From where the client came.</summary>
    public string Address => Connection.Address;

    /// <summary>The client and what became of it.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Connection}: {Outcome}{(Reason is null ? "" : $" ({Reason})")}");
}
