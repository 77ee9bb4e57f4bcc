using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>What the removal of an entity did, and what it leaves to do.</summary>
/// <param name="Path">Where the entity was.</param>
/// <param name="PublicKey">Its public key; null when its file could not be read.</param>
public sealed record EntityRemoval(EntityPath Path, string? PublicKey)
{
    /// <summary>The account that was signed again because it revokes the removed user: servers need it. Null when nothing was revoked.</summary>
    public NatsAccount? Revoked { get; init; }

    /// <summary>The entities below that were removed with it.</summary>
    public IReadOnlyList<EntityPath> Below { get; init => field = new PrintableList<EntityPath>(value); } = new PrintableList<EntityPath>([]);

    /// <summary>The accounts that import from a removed account: these imports lead nowhere now.</summary>
    public IReadOnlyList<EntityPath> Importers { get; init => field = new PrintableList<EntityPath>(value); } = new PrintableList<EntityPath>([]);

    /// <summary>What must be published to servers.</summary>
    public IReadOnlyList<ServerUpdate> Updates =>
        new PrintableList<ServerUpdate>(Revoked is null ? [] : ServerUpdate.InOrder([(Revoked, Revoked.Jwt!, "revokes the removed user")]));

    /// <summary>The public keys whose private halves were removed.</summary>
    public IReadOnlyList<string> RemovedKeys { get; init => field = new PrintableList<string>(value); } = new PrintableList<string>([]);
}
