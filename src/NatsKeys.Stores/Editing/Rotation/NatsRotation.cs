using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>What a key rotation waits for.</summary>
public enum RotationState : long
{
    /// <summary>Entities are still to be signed again, or the old key is still listed.</summary>
    Signing,

    /// <summary>The store is finished. The system account with its new key must be published.</summary>
    Publishing,
}

/// <summary>A key rotation that is in progress.</summary>
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

    /// <summary>What to do next. The program that shows the rotation sets it; empty for nothing.</summary>
    public string Next { get; init; } = "";

    /// <summary>Whether the owner exists under its name.</summary>
    internal bool IsOwnerThere { get; init; }

    /// <summary>Whether the new key is the operator's identity key.</summary>
    internal bool ReplacesIdentity { get; init; }

    /// <summary>The store.</summary>
    internal NatsStore? Store { get; init; }

    /// <summary>The owner and the keys.</summary>
    public override string ToString() => $"{Owner}: {OldKey} to {NewKey}";
}
