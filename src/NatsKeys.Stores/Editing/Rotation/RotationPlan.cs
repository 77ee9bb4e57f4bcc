using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>What the replacement of a key would do.</summary>
/// <param name="Owner">The operator or account that lists the key.</param>
/// <param name="OldKey">The public key that would leave.</param>
/// <param name="NewKey">The public key that would take its place; null for one that is made then.</param>
/// <param name="Signer">The public key that would sign the owner.</param>
public sealed record RotationPlan(NatsEntity Owner, string OldKey, string? NewKey, string Signer)
{
    /// <summary>What the new key would sign again.</summary>
    public IReadOnlyList<EntityPath> SignedAgain { get; init; } = [];

    /// <summary>The accounts that would get new activations.</summary>
    public IReadOnlyList<EntityPath> Importers { get; init; } = [];

    /// <summary>What was revoked and would stay as it is.</summary>
    public IReadOnlyList<EntityPath> LeftRevoked { get; init; } = [];

    /// <summary>What could not be signed.</summary>
    public IReadOnlyList<PendingSignature> Pending { get; init; } = [];
}
