using NatsKeys.Claims;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Editing;

/// <summary>What is asked for when an entity is made.</summary>
/// <param name="Name">Its name.</param>
internal sealed record NewEntity(string Name)
{
    /// <summary>Its identity key; a new one when null. Without a seed, only the public half is known to the store.</summary>
    public NatsKeyPair? Key { get; init; }

    /// <summary>The key that signs it.</summary>
    public SigningKeyChoice SigningKey { get; init; } = SigningKeyChoice.Default;

    /// <summary>When it expires; null if it never expires.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When it becomes valid; null if it has no such time.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>What a user may do; null for everything. A user of a scoped signing key cannot have any.</summary>
    public UserPermissions? Permissions { get; init; }

    /// <summary>The signing keys that an operator or account lists from the beginning. Their seeds are kept.</summary>
    public IReadOnlyList<NatsKeyPair> NewSigningKeys { get; init; } = [];

    /// <summary>Sets what else its claims shall state; null for what a new entity has.</summary>
    public Action<ClaimSet>? Configure { get; init; }

    /// <summary>Its labels; they are trimmed, lower cased and made unique.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
