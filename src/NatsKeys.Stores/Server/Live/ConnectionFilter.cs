using NatsKeys.Inspection;

namespace NatsKeys.Server;

/// <summary>Which connections are meant. What is not said is not held against any.</summary>
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

    /// <summary>Whether only those are meant that the store does not want.</summary>
    public bool IsUnwanted { get; init; }

    /// <summary>The only account that is meant, of which alone servers are asked; null where there may be more.</summary>
    public string? OnlyAccount => Accounts is { Count: 1 } only ? only.First() : null;

    /// <summary>Whether a connection is meant.</summary>
    public bool Matches(LiveConnection connection) =>
        Holds(Accounts, connection.AccountKey)
        && Holds(Users, connection.UserKey)
        && Holds(SigningKeys, connection.SigningKey)
        && (!IsUnwanted || connection.IsUnwanted);

    private static bool Holds(IReadOnlySet<string>? wanted, string? key) => wanted is null || (key is not null && wanted.Contains(key));
}
