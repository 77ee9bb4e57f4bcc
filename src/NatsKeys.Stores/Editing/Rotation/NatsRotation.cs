using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>The states of a key rotation: what it waits for.</summary>
public enum RotationState : long
{
    /// <summary>Entities must still be signed again, or the old key is still listed.</summary>
    Signing,

    /// <summary>The store is finished. The system account with its new key must be published.</summary>
    Publishing,
}

/// <summary>Represents a key rotation that is in progress.</summary>
/// <param name="Owner">The operator or account.</param>
/// <param name="OldKey">The old public key.</param>
/// <param name="NewKey">The new public key.</param>
public sealed record NatsRotation(EntityPath Owner, string OldKey, string NewKey)
{
    /// <summary>What it waits for.</summary>
    public RotationState State { get; init; }

    /// <summary>The role of both keys; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>Whether the owner still lists the old key, so that servers accept it.</summary>
    public bool IsOldKeyListed { get; init; }

    /// <summary>Whether users get new keys.</summary>
    public bool NewUserKeys { get; init; }

    /// <summary>The entities that the old key signed and that must be signed again.</summary>
    public IReadOnlyList<PendingSignature> Pending { get; init => field = new PrintableList<PendingSignature>(value); } =
        new PrintableList<PendingSignature>([]);

    /// <summary>What to do next; empty for nothing. The program that displays the rotation sets it.</summary>
    public string Next { get; init; } = "";

    /// <summary>Whether the owner still exists under its recorded name.</summary>
    internal bool IsOwnerThere { get; init; }

    /// <summary>Whether the new key is the identity key of the operator, rather than a signing key.</summary>
    internal bool ReplacesIdentity { get; init; }

    /// <summary>The store.</summary>
    internal NatsStore? Store { get; init; }

    /// <summary>Returns the owner and the keys.</summary>
    public override string ToString() => $"{Owner}: {OldKey} to {NewKey}";
}
