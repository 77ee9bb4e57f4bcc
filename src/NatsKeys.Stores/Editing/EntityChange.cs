using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>What a change of an entity did.</summary>
/// <param name="Entity">The entity, as it is now.</param>
/// <param name="IsChanged">Whether it was signed again and written; if not, it was as asked for already.</param>
public record EntityChange(NatsEntity Entity, bool IsChanged)
{
    /// <summary>What it states otherwise than before. A rehearsal tells; where the change is made, there is nothing here.</summary>
    internal IReadOnlyList<ClaimDifference> Differences { get; init; } = [];

    /// <summary>Whether a user was moved from a scoped signing key to a plain one: the permissions of the role do not hold it any more.</summary>
    public bool LeavesRole { get; init; }

    /// <summary>The same of an entity whose kind is known.</summary>
    internal EntityChange<TEntity> Of<TEntity>()
        where TEntity : NatsEntity =>
        new((TEntity)Entity, IsChanged) { LeavesRole = LeavesRole, Differences = Differences };
}

/// <summary>What a change of an operator, an account or a user did.</summary>
/// <typeparam name="TEntity">The kind of entity.</typeparam>
/// <param name="Entity">The entity, as it is now.</param>
/// <param name="IsChanged">Whether it was signed again and written.</param>
public sealed record EntityChange<TEntity>(TEntity Entity, bool IsChanged) : EntityChange(Entity, IsChanged)
    where TEntity : NatsEntity
{
    /// <summary>The entity, as it is now.</summary>
    public new TEntity Entity { get; } = Entity;
}
