using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>What a change of an entity did.</summary>
/// <param name="Entity">The entity, as it is now.</param>
/// <param name="IsChanged">Whether it was signed again and written; if not, it was as asked for already.</param>
public sealed record EntityChange(NatsEntity Entity, bool IsChanged)
{
    /// <summary>Whether a user was moved from a scoped signing key to a plain one: the permissions of the role do not hold it any more.</summary>
    public bool LeavesRole { get; init; }
}
