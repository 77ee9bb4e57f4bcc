using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>What a key rotation would do.</summary>
/// <param name="Owner">The operator or account that lists the key.</param>
/// <param name="OldKey">The old public key.</param>
/// <param name="NewKey">The new public key; null if it would be generated.</param>
/// <param name="Signer">The public key that would sign the owner.</param>
internal sealed record RotationPlan(NatsEntity Owner, string OldKey, string? NewKey, string Signer)
{
    /// <summary>The entities that the new key would sign.</summary>
    public IReadOnlyList<EntityPath> SignedAgain { get; init; } = [];

    /// <summary>The accounts that would get new activations.</summary>
    public IReadOnlyList<EntityPath> Importers { get; init; } = [];

    /// <summary>The entities that are revoked and would not be signed again.</summary>
    public IReadOnlyList<EntityPath> LeftRevoked { get; init; } = [];

    /// <summary>The entities that could not be signed.</summary>
    public IReadOnlyList<PendingSignature> Pending { get; init; } = [];
}
