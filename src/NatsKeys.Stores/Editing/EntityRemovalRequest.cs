using NatsKeys.Signing;

namespace NatsKeys.Editing;

/// <summary>A request to remove an entity.</summary>
internal sealed record EntityRemovalRequest
{
    /// <summary>The key that signs the account of a removed user, which revokes it.</summary>
    public SigningKeyChoice SigningKey { get; init; } = SigningKeyChoice.Default;

    /// <summary>Whether the user is not revoked, so that its token stays valid on servers.</summary>
    public bool NoRevocation { get; init; }

    /// <summary>Whether children are removed as well.</summary>
    public bool Recurse { get; init; }

    /// <summary>Whether private keys and stored credentials are removed as well.</summary>
    public bool IncludeKeys { get; init; }
}
