using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>A client that is connected to a server, and what the store knows of its user.</summary>
/// <param name="Server">The server.</param>
/// <param name="Id">The number of the connection, which that server gives once.</param>
public sealed record LiveConnection(ServerInformation Server, long Id)
{
    /// <summary>The name of the operator of the servers in the store.</summary>
    public string Operator { get; init; } = "";

    /// <summary>The account: its name in the store, else its public key.</summary>
    public string Account { get; init; } = "";

    /// <summary>The user: its name in the store, else what its token or the server calls it, else its public key.</summary>
    public string User { get; init; } = "";

    /// <summary>The public key of the account.</summary>
    public string? AccountKey { get; init; }

    /// <summary>The public key of the user; null where the server does not tell it.</summary>
    public string? UserKey { get; init; }

    /// <summary>The public key that signed the user's token; null where the server does not tell it.</summary>
    public string? SigningKey { get; init; }

    /// <summary>The role of that key in the store; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>How the user stands to what the store has.</summary>
    public ConnectionStanding Standing { get; init; }

    /// <summary>The address and the port from which the client comes.</summary>
    public string Address { get; init; } = "";

    /// <summary>The kind of connection by the server's words, such as <c>nats</c>, <c>websocket</c> or <c>mqtt</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>The name that the client gives itself; null for none.</summary>
    public string? ClientName { get; init; }

    /// <summary>Since when it is connected.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When the token was signed; null where the server does not tell it.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When the token expires; null for never, and where the server does not tell it.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The subjects to which it subscribes, with the queue behind a blank, in their order.</summary>
    public IReadOnlyList<string> Subscriptions
    {
        get;
        init => field = new PrintableList<string>(value);
    } = new PrintableList<string>([]);

    /// <summary>The place of the user in the store; null where the store does not have it.</summary>
    public EntityPath? Path { get; init; }

    /// <summary>Whether the store says that this client should not be connected.</summary>
    public bool IsUnwanted =>
        Standing is ConnectionStanding.Expired or ConnectionStanding.Revoked or ConnectionStanding.UnlistedKey
            or ConnectionStanding.UnknownUser or ConnectionStanding.UnknownAccount;

    /// <summary>The user, from where, and the server.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Account}/{User} from {Address} on {Server} (connection {Id})");
}
