using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>The outcome of a request to disconnect a client.</summary>
public enum DisconnectOutcome : long
{
    /// <summary>The server ended the connection.</summary>
    Disconnected,

    /// <summary>The client had already disconnected.</summary>
    Gone,

    /// <summary>The server is too old for the request.</summary>
    NotSupported,

    /// <summary>The server refused the request.</summary>
    Refused,

    /// <summary>The client was still or again connected at the timeout.</summary>
    Remains,
}

/// <summary>The result of a request to disconnect a client.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Outcome">The outcome.</param>
public sealed record DisconnectResult(LiveConnection Connection, DisconnectOutcome Outcome)
{
    /// <summary>Why the client was not, or need not be, disconnected; null if it was.</summary>
    public string? Reason { get; init; }

    /// <summary>The server.</summary>
    public ServerInformation Server => Connection.Server;

    /// <summary>The number of the connection.</summary>
    public long Id => Connection.Id;

    /// <summary>The account.</summary>
    public string Account => Connection.Account;

    /// <summary>The user.</summary>
    public string User => Connection.User;

    /// <summary>The address of the client.</summary>
    public string Address => Connection.Address;

    /// <summary>The client and the outcome.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Connection}: {Outcome}{(Reason is null ? "" : $" ({Reason})")}");
}
