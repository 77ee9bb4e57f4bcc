using NatsKeys.Signing;

namespace NatsKeys.Editing;

/// <summary>How an entity is removed.</summary>
public sealed record RemovalRequest
{
    /// <summary>The key that signs the account of a removed user, which revokes it.</summary>
    public SigningKeyChoice SigningKey { get; init; } = SigningKeyChoice.Default;

    /// <summary>Whether a user's token stays valid on servers.</summary>
    public bool NoRevocation { get; init; }

    /// <summary>Whether what lies below is removed as well.</summary>
    public bool Recurse { get; init; }

    /// <summary>Whether private keys and the credentials that the store keeps go, too.</summary>
    public bool IncludeKeys { get; init; }
}
