using NatsKeys.Entities;

namespace NatsKeys.Signing;

/// <summary>What the removal of a signing key did.</summary>
/// <param name="Owner">The operator or account, as it is now.</param>
/// <param name="PublicKey">The key that was removed.</param>
/// <param name="Invalid">The entities that it had signed. They are not valid until another key signs them.</param>
public sealed record SigningKeyRemoval(NatsEntity Owner, string PublicKey, IReadOnlyList<NatsEntity> Invalid);
