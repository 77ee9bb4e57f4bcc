using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>The result of the removal of an entity, and what remains to be done.</summary>
/// <param name="Path">The place of the removed entity.</param>
/// <param name="PublicKey">Its public key; null if its file could not be read.</param>
public sealed record EntityRemovalResult(EntityPath Path, string? PublicKey)
{
    /// <summary>The account that was signed again to revoke the removed user, and must be published; null if nothing was revoked.</summary>
    public EntityPath? Revoked => RevokedIn?.Path;

    /// <summary>Gets the account that was signed again to revoke the removed user; null if nothing was revoked.</summary>
    public NatsAccount? GetRevoked() => RevokedIn;

    internal NatsAccount? RevokedIn { get; init; }

    /// <summary>The children that were removed with it.</summary>
    public IReadOnlyList<EntityPath> Below { get; init => field = new PrintableList<EntityPath>(value); } = new PrintableList<EntityPath>([]);

    /// <summary>The accounts that import from the removed account. Their imports no longer work.</summary>
    public IReadOnlyList<EntityPath> Importers { get; init => field = new PrintableList<EntityPath>(value); } = new PrintableList<EntityPath>([]);

    /// <summary>Gets the tokens to publish.</summary>
    public IReadOnlyList<ServerUpdate> GetUpdates() =>
        new PrintableList<ServerUpdate>(RevokedIn is null ? [] : ServerUpdate.InOrder([(RevokedIn, RevokedIn.Jwt!, "revokes the removed user")]));

    /// <summary>The public keys whose private halves were removed.</summary>
    public IReadOnlyList<string> RemovedKeys { get; init => field = new PrintableList<string>(value); } = new PrintableList<string>([]);
}
