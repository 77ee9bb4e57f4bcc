using NatsKeys.Keys;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>What is asked for when a signing key is replaced.</summary>
/// <param name="Owner">The operator or account that lists it.</param>
/// <param name="OldKey">The public key that leaves.</param>
public sealed record RotationRequest(EntityPath Owner, string OldKey)
{
    /// <summary>
    /// The key that takes its place: a new one, or one that is listed already with the same role. It stays the caller's. Null makes one, or goes on
    /// with the one of a rotation that was not finished.
    /// </summary>
    public NatsKeyPair? NewKey { get; init; }

    /// <summary>
    /// Whether somebody else may have the old key: it leaves before anything else is done, and nothing that it signed is valid any more.
    /// </summary>
    public bool IsCompromised { get; init; }

    /// <summary>Whether the users that the old key signed get new keys of their own, and their old ones are revoked.</summary>
    public bool NewUserKeys { get; init; }

    /// <summary>
    /// Whether the old key stays listed until the next run, so that clients can fetch their new credentials before the old ones end.
    /// </summary>
    public bool KeepOldKey { get; init; }

    /// <summary>The key that signs the owner, and the accounts that get new activations.</summary>
    public SigningKeyChoice SigningKey { get; init; } = SigningKeyChoice.Default;

    /// <summary>Learns of every entity that was signed.</summary>
    public IProgress<EntityPath>? Progress { get; init; }
}
