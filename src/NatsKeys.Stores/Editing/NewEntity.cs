using NatsKeys.Claims;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.Editing;

/// <summary>A request to create an entity.</summary>
/// <param name="Name">Its name.</param>
internal sealed record NewEntity(string Name)
{
    /// <summary>Its identity key; null to generate one. If the key has no seed, the store keeps only the public key.</summary>
    public NatsKeyPair? Key { get; init; }

    /// <summary>The key that signs it.</summary>
    public SigningKeyChoice SigningKey { get; init; } = SigningKeyChoice.Default;

    /// <summary>When it expires; null if it never expires.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When it becomes valid; null if it has no such time.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The permissions of a user; null for everything. A user of a scoped signing key cannot have its own permissions.</summary>
    public UserPermissions? Permissions { get; init; }

    /// <summary>The signing keys of a new operator or account. Their seeds are stored.</summary>
    public IReadOnlyList<NatsKeyPair> NewSigningKeys { get; init; } = [];

    /// <summary>Its labels. They are trimmed and lowercased, and duplicates are removed.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
