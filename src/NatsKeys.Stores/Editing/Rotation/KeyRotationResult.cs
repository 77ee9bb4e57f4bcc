using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>The result of a key rotation: what was signed again, what is pending, and which tokens must be published.</summary>
public sealed record KeyRotationResult
{
    internal KeyRotationResult(NatsEntity owner, string oldKey, string newKey)
    {
        Entity = owner;
        OldKey = oldKey;
        NewKey = newKey;
    }

    /// <summary>The operator or account.</summary>
    public EntityPath Owner => Entity.Path;

    /// <summary>Gets the operator or account after the change.</summary>
    public NatsEntity GetOwner() => Entity;

    /// <summary>The operator or account after the change.</summary>
    internal NatsEntity Entity { get; init; }

    /// <summary>The old public key.</summary>
    public string OldKey { get; }

    /// <summary>The new public key.</summary>
    public string NewKey { get; }

    /// <summary>The role of both keys; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>The entities that the new key signed.</summary>
    public IReadOnlyList<EntityPath> SignedAgain { get; init => field = new PrintableList<EntityPath>(value); } = new PrintableList<EntityPath>([]);

    /// <summary>The accounts that were signed again, with new activations from the new key.</summary>
    public IReadOnlyList<EntityPath> Importers { get; init => field = new PrintableList<EntityPath>(value); } = new PrintableList<EntityPath>([]);

    /// <summary>The public keys of users that were replaced and revoked.</summary>
    public IReadOnlyList<string> RevokedKeys { get; init => field = new PrintableList<string>(value); } = new PrintableList<string>([]);

    /// <summary>The entities that are revoked. They are not signed again, because that would make them valid.</summary>
    public IReadOnlyList<EntityPath> LeftRevoked { get; init => field = new PrintableList<EntityPath>(value); } = new PrintableList<EntityPath>([]);

    /// <summary>The entities that the old key signed and that could not be signed again yet. Repeating the rotation finishes it.</summary>
    public IReadOnlyList<PendingSignature> Pending { get; init => field = new PrintableList<PendingSignature>(value); } =
        new PrintableList<PendingSignature>([]);

    /// <summary>Whether the old key is still listed, because something is pending or because the request keeps it for now.</summary>
    public bool IsOldKeyListed { get; init; }

    /// <summary>Whether nothing is left to do in the store.</summary>
    public bool IsFinished { get; init; }

    /// <summary>The tokens to publish, in this order.</summary>
    public IReadOnlyList<ServerUpdate> Updates { get; init => field = new PrintableList<ServerUpdate>(value); } = new PrintableList<ServerUpdate>([]);

    /// <summary>Whether the rest exceeds one transaction, so that another one follows immediately.</summary>
    internal bool HasMore { get; init; }

    /// <summary>Whether other writers may have used the old key until the owner no longer listed it.</summary>
    internal bool IsToBeSettled { get; init; }

    /// <summary>Merges this result with that of an earlier transaction, which this one continued.</summary>
    internal KeyRotationResult After(KeyRotationResult earlier) => this with
    {
        SignedAgain = [.. earlier.SignedAgain, .. SignedAgain],
        Importers = [.. earlier.Importers, .. Importers],
        RevokedKeys = [.. earlier.RevokedKeys, .. RevokedKeys],
        Updates = ServerUpdate.InOrder(earlier.Updates.Concat(Updates).Select(update => (update.Entity, update.Token, update.Reason))),
    };
}
