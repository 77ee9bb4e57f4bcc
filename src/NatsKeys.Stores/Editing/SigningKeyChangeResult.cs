using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>The result of the change of a signing key.</summary>
/// <param name="Key">The signing key, as it is now.</param>
/// <param name="IsChanged">Whether its account was signed again; if not, the key was as asked for already.</param>
/// <param name="Refused">
/// Users that it had signed before it had a role. They bring permissions of their own, so servers refuse them until they are signed again.
/// </param>
internal sealed record SigningKeyChangeResult(NatsSigningKey Key, bool IsChanged, IReadOnlyList<NatsEntity> Refused)
{
    /// <summary>The claims of the account that would change. Only a rehearsal sets it.</summary>
    internal IReadOnlyList<ClaimDifference> Differences { get; init; } = [];
}
