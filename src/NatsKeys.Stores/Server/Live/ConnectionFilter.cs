using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>Selects connections. Members that are null do not restrict them.</summary>
internal sealed record ConnectionFilter
{
    /// <summary>Every connection.</summary>
    public static readonly ConnectionFilter All = new();

    /// <summary>Public keys of accounts; null for all.</summary>
    public IReadOnlySet<string>? Accounts { get; init; }

    /// <summary>Public keys of users; null for all.</summary>
    public IReadOnlySet<string>? Users { get; init; }

    /// <summary>Public keys that signed users; null for all.</summary>
    public IReadOnlySet<string>? SigningKeys { get; init; }

    /// <summary>Whether to select only connections that are unwanted according to the store.</summary>
    public bool IsUnwanted { get; init; }

    /// <summary>The only selected account, so that servers list only its connections; null if there may be others.</summary>
    public string? OnlyAccount => Accounts is { Count: 1 } only ? only.First() : null;

    /// <summary>Whether a connection is selected.</summary>
    public bool Matches(LiveConnection connection) =>
        Holds(Accounts, connection.AccountKey)
        && Holds(Users, connection.UserKey)
        && Holds(SigningKeys, connection.SigningKey)
        && (!IsUnwanted || connection.IsUnwanted);

    private static bool Holds(IReadOnlySet<string>? wanted, string? key) => wanted is null || (key is not null && wanted.Contains(key));
}
