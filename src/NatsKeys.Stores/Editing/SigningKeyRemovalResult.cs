using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>The result of the removal of a signing key.</summary>
/// <param name="Owner">The operator or account after the change.</param>
/// <param name="PublicKey">The public key that was removed.</param>
/// <param name="Invalid">The entities that it signed. They are not valid until another key signs them.</param>
/// <param name="InvalidImports">The imports of other accounts whose activations it signed. They need new activations.</param>
public sealed record SigningKeyRemovalResult(
    NatsEntity Owner, string PublicKey, IReadOnlyList<NatsEntity> Invalid, IReadOnlyList<NatsImport> InvalidImports)
{
    /// <summary>The tokens to publish.</summary>
    public IReadOnlyList<ServerUpdate> Updates =>
        new PrintableList<ServerUpdate>(ServerUpdate.InOrder([(Owner, Owner.Jwt!, "no longer lists the key")]));
}
