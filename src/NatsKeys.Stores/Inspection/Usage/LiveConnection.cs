using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>A client that is connected to a server, with what the store knows about its user.</summary>
/// <param name="Server">The server.</param>
/// <param name="Id">The number of the connection, which is unique on that server.</param>
public sealed record LiveConnection(ServerInformation Server, long Id)
{
    /// <summary>The name of the servers' operator in the store.</summary>
    public string Operator { get; init; } = "";

    /// <summary>The account: its name in the store, or its public key if the store does not have it.</summary>
    public string Account { get; init; } = "";

    /// <summary>The user: its name in the store, or the name that its token or the server has, or its public key.</summary>
    public string User { get; init; } = "";

    /// <summary>The public key of the account.</summary>
    public string? AccountKey { get; init; }

    /// <summary>The public key of the user; null if the server does not report it.</summary>
    public string? UserKey { get; init; }

    /// <summary>The public key that signed the user's token; null if the server does not report it.</summary>
    public string? SigningKey { get; init; }

    /// <summary>The role of that key in the store; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>How the user compares with the store.</summary>
    public ConnectionStanding Standing { get; init; }

    /// <summary>The address and port of the client.</summary>
    public string Address { get; init; } = "";

    /// <summary>The server's name for the type of connection, such as <c>nats</c>, <c>websocket</c> or <c>mqtt</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>The name that the client chose; null for none.</summary>
    public string? ClientName { get; init; }

    /// <summary>When the client connected.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When the token was signed; null if the server does not report it.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When the token expires; null if it never does, or if the server does not report it.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The subjects of the client's subscriptions, sorted. A queue group follows after a space.</summary>
    public IReadOnlyList<string> Subscriptions
    {
        get;
        init => field = new PrintableList<string>(value);
    } = new PrintableList<string>([]);

    /// <summary>The path of the user in the store; null if the store does not have it.</summary>
    public EntityPath? Path { get; init; }

    /// <summary>Whether the client should not be connected, according to the store.</summary>
    public bool IsUnwanted =>
        Standing is ConnectionStanding.Expired or ConnectionStanding.Revoked or ConnectionStanding.UnlistedKey
            or ConnectionStanding.UnknownUser or ConnectionStanding.UnknownAccount;

    /// <summary>The user, its address and the server.</summary>
    public override string ToString() => TextSanitizer.Clean($"{Account}/{User} from {Address} on {Server} (connection {Id})");
}
