using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>The result of the removal of an entity, and what remains to be done.</summary>
/// <param name="Path">The place of the removed entity.</param>
/// <param name="PublicKey">Its public key; null if its file could not be read.</param>
public sealed record EntityRemovalResult(EntityPath Path, string? PublicKey)
{
    /// <summary>The account that was signed again to revoke the removed user, and must be published; null if nothing was revoked.</summary>
    public NatsAccount? Revoked { get; init; }

    /// <summary>The children that were removed with it.</summary>
    public IReadOnlyList<EntityPath> Below { get; init => field = new PrintableList<EntityPath>(value); } = new PrintableList<EntityPath>([]);

    /// <summary>The accounts that import from the removed account. Their imports no longer work.</summary>
    public IReadOnlyList<EntityPath> Importers { get; init => field = new PrintableList<EntityPath>(value); } = new PrintableList<EntityPath>([]);

    /// <summary>The tokens to publish.</summary>
    public IReadOnlyList<ServerUpdate> Updates =>
        new PrintableList<ServerUpdate>(Revoked is null ? [] : ServerUpdate.InOrder([(Revoked, Revoked.Jwt!, "revokes the removed user")]));

    /// <summary>The public keys whose private halves were removed.</summary>
    public IReadOnlyList<string> RemovedKeys { get; init => field = new PrintableList<string>(value); } = new PrintableList<string>([]);
}
