using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>What is to be signed, and with which key.</summary>
/// <param name="Entity">The entity as its file states it.</param>
/// <param name="SigningKey">The public key that will sign; null for one that is made then.</param>
/// <param name="Differences">What the file states otherwise than the token; nothing for an entity that was never signed.</param>
internal sealed record SigningPlan(NatsEntity Entity, string? SigningKey, IReadOnlyList<ClaimDifference> Differences)
{
    /// <summary>Whether that moves a user from a scoped signing key to a plain one: the permissions of the role will not hold it any more.</summary>
    public bool LeavesRole { get; init; }

    /// <summary>The entity as the one who plans can still change it.</summary>
    internal NatsEntity? Draft { get; init; }
}
