using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>What the change of a signing key did.</summary>
/// <param name="Key">The signing key, as it is now.</param>
/// <param name="IsChanged">Whether its account was signed again; if not, the key was as asked for already.</param>
/// <param name="Refused">
/// Users that it had signed before it had a role. They bring permissions of their own, so servers refuse them until they are signed again.
/// </param>
public sealed record SigningKeyChange(NatsSigningKey Key, bool IsChanged, IReadOnlyList<NatsEntity> Refused)
{
    /// <summary>What the account states otherwise than before. A rehearsal tells; where the change is made, there is nothing here.</summary>
    internal IReadOnlyList<ClaimDifference> Differences { get; init; } = [];
}
