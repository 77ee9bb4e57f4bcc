using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>What the replacement of a key did, what it leaves to do, and what servers must learn of.</summary>
/// <param name="Owner">The operator or account, as it is now.</param>
/// <param name="OldKey">The public key that leaves.</param>
/// <param name="NewKey">The public key that has taken its place.</param>
public sealed record KeyRotation(NatsEntity Owner, string OldKey, string NewKey)
{
    /// <summary>The role of both keys; null when they have none.</summary>
    public string? Role { get; init; }

    /// <summary>The entities that the new key has signed.</summary>
    public IReadOnlyList<EntityPath> SignedAgain { get; init => field = new PrintableList<EntityPath>(value); } = new PrintableList<EntityPath>([]);

    /// <summary>The accounts that got new activations from the new key, and were signed for it.</summary>
    public IReadOnlyList<EntityPath> Importers { get; init => field = new PrintableList<EntityPath>(value); } = new PrintableList<EntityPath>([]);

    /// <summary>The public keys of users that were replaced by new ones, and are revoked.</summary>
    public IReadOnlyList<string> RevokedKeys { get; init => field = new PrintableList<string>(value); } = new PrintableList<string>([]);

    /// <summary>The entities that were revoked before: signed again, they would be valid again, so they stay as they are.</summary>
    public IReadOnlyList<EntityPath> LeftRevoked { get; init => field = new PrintableList<EntityPath>(value); } = new PrintableList<EntityPath>([]);

    /// <summary>What the old key had signed and what could not be signed again yet. The same command finishes it later.</summary>
    public IReadOnlyList<PendingSignature> Pending { get; init => field = new PrintableList<PendingSignature>(value); } =
        new PrintableList<PendingSignature>([]);

    /// <summary>Whether the old key is still listed: because something is pending, or because it was asked to stay for now.</summary>
    public bool IsOldKeyListed { get; init; }

    /// <summary>Whether nothing is left to do in the store.</summary>
    public bool IsFinished { get; init; }

    /// <summary>What must be published to servers, in this order.</summary>
    public IReadOnlyList<ServerUpdate> Updates { get; init => field = new PrintableList<ServerUpdate>(value); } = new PrintableList<ServerUpdate>([]);
}
