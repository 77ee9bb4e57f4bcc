using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>The result of a change to an entity.</summary>
/// <param name="Entity">The entity, as it is now.</param>
/// <param name="IsChanged">Whether it was signed again and written; false if it already had the requested values.</param>
internal record EntityChangeResult(NatsEntity Entity, bool IsChanged)
{
    /// <summary>The claims that would change. Only a dry run sets them.</summary>
    internal IReadOnlyList<ClaimDifference> Differences { get; init; } = [];

    /// <summary>The public key that signs, in a rehearsal; null otherwise.</summary>
    internal string? Signer { get; init; }

    /// <summary>Whether a user moved from a scoped signing key to a plain one, so that the permissions of the role no longer apply.</summary>
    public bool LeavesRole { get; init; }

    /// <summary>Returns the same result for a known kind of entity.</summary>
    internal EntityChangeResult<TEntity> Of<TEntity>()
        where TEntity : NatsEntity =>
        new((TEntity)Entity, IsChanged) { LeavesRole = LeavesRole, Differences = Differences, Signer = Signer };
}

/// <summary>The result of a change to an operator, an account or a user.</summary>
/// <typeparam name="TEntity">The kind of entity.</typeparam>
/// <param name="Entity">The entity, as it is now.</param>
/// <param name="IsChanged">Whether it was signed again and written.</param>
internal sealed record EntityChangeResult<TEntity>(TEntity Entity, bool IsChanged) : EntityChangeResult(Entity, IsChanged)
    where TEntity : NatsEntity
{
    /// <summary>The entity, as it is now.</summary>
    public new TEntity Entity { get; } = Entity;
}
