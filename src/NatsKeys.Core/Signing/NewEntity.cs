using NatsKeys.Claims;
using NatsKeys.Keys;

namespace NatsKeys.Signing;

/// <summary>What is asked for when an entity is made.</summary>
/// <param name="Name">Its name.</param>
public sealed record NewEntity(string Name)
{
    /// <summary>Its identity key; a new one when null. Without a seed, only the public half is known to the store.</summary>
    public NatsKeyPair? Key { get; init; }

    /// <summary>The key that signs it.</summary>
    public SigningKeyChoice SigningKey { get; init; } = SigningKeyChoice.Default;

    /// <summary>When it expires; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Before when it is not valid; null for no such time.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>What a user may do; null for everything. A user of a scoped signing key cannot have any.</summary>
    public UserPermissions? Permissions { get; init; }

    /// <summary>Its labels; they are trimmed, lower cased and made unique.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
