using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Describes what will be signed, and with which key.</summary>
/// <param name="Entity">The entity as its file states it.</param>
/// <param name="SigningKey">The public key that will sign; null if it does not exist yet.</param>
/// <param name="Differences">The differences of the file from the token; empty for an entity that was never signed.</param>
internal sealed record SigningPlan(NatsEntity Entity, string? SigningKey, IReadOnlyList<ClaimDifference> Differences)
{
    /// <summary>
    /// Whether the signature moves a user from a scoped signing key to a plain one, so that the permissions of the role no longer apply.
    /// </summary>
    public bool LeavesRole { get; init; }

    /// <summary>The draft of the entity, which the planner can still change.</summary>
    internal NatsEntity? Draft { get; init; }
}
