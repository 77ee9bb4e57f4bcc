using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>A request to rotate a signing key.</summary>
/// <param name="Owner">The operator or account that lists the key.</param>
/// <param name="OldKey">The old public key.</param>
internal sealed record RotationRequest(EntityPath Owner, string OldKey)
{
    /// <summary>
    /// The new key, or a listed key with the same role. The caller disposes it. Null generates a key, or uses the new key of a rotation that is in
    /// progress.
    /// </summary>
    public NatsKeyPair? NewKey { get; init; }

    /// <summary>Whether the old key is compromised. It is then removed first, and everything that it signed becomes invalid.</summary>
    public bool IsCompromised { get; init; }

    /// <summary>Whether the users that the old key signed get new keys, and their old ones are revoked.</summary>
    public bool NewUserKeys { get; init; }

    /// <summary>
    /// Whether the old key stays listed until the next run, so that clients can get their new credentials before the old ones become invalid.
    /// </summary>
    public bool KeepOldKey { get; init; }

    /// <summary>The key that signs the owner, and the accounts that get new activations.</summary>
    public SigningKeyChoice SigningKey { get; init; } = SigningKeyChoice.Default;

    /// <summary>Reports each entity that was signed.</summary>
    public IProgress<EntityPath>? Progress { get; init; }
}
