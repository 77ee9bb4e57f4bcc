using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>What the removal of a signing key did.</summary>
/// <param name="Owner">The operator or account, as it is now.</param>
/// <param name="PublicKey">The key that was removed.</param>
/// <param name="Invalid">The entities that it had signed. They are not valid until another key signs them.</param>
/// <param name="InvalidImports">The imports of other accounts whose activations it had signed. They need new activations.</param>
public sealed record SigningKeyRemoval(
    NatsEntity Owner, string PublicKey, IReadOnlyList<NatsEntity> Invalid, IReadOnlyList<NatsImport> InvalidImports)
{
    /// <summary>What must be published to servers.</summary>
    public IReadOnlyList<ServerUpdate> Updates =>
        new PrintableList<ServerUpdate>(ServerUpdate.InOrder([(Owner, Owner.Jwt!, "no longer lists the key")]));
}
