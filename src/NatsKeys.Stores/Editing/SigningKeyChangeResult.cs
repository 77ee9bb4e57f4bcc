using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>The result of a change to a signing key.</summary>
/// <param name="Key">The signing key, as it is now.</param>
/// <param name="IsChanged">Whether its account was signed again; false if the key already had the requested values.</param>
/// <param name="Refused">
/// Users that the key signed before it had a role. They have permissions of their own, so servers reject them until they are signed again.
/// </param>
internal sealed record SigningKeyChangeResult(NatsSigningKey Key, bool IsChanged, IReadOnlyList<NatsEntity> Refused)
{
    /// <summary>The claims of the account that would change. Only a dry run sets them.</summary>
    internal IReadOnlyList<ClaimDifference> Differences { get; init; } = [];
}
