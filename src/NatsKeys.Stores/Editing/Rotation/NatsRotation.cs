using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>What a rotation of a key waits for.</summary>
public enum RotationState : long
{
    /// <summary>Something in the store is not signed again yet, or the old key is still listed.</summary>
    Signing,

    /// <summary>The store is done. Servers have to learn of the system account's new key.</summary>
    Publishing,
}

/// <summary>A rotation of a key that has begun and is not finished.</summary>
/// <param name="Owner">The operator or account.</param>
/// <param name="OldKey">The public key that leaves.</param>
/// <param name="NewKey">The public key that takes its place.</param>
public sealed record NatsRotation(EntityPath Owner, string OldKey, string NewKey)
{
    /// <summary>What it waits for.</summary>
    public RotationState State { get; init; }

    /// <summary>The role of both keys; null when they have none.</summary>
    public string? Role { get; init; }

    /// <summary>Whether the owner still lists the old key, so that servers accept it.</summary>
    public bool IsOldKeyListed { get; init; }

    /// <summary>Whether users get new keys of their own.</summary>
    public bool NewUserKeys { get; init; }

    /// <summary>What the old key had signed and what is to be signed again.</summary>
    public IReadOnlyList<PendingSignature> Pending { get; init => field = new PrintableList<PendingSignature>(value); } =
        new PrintableList<PendingSignature>([]);

    /// <summary>What goes on with it, in the words of the program that shows it; empty where nothing does.</summary>
    public string Next { get; init; } = "";

    /// <summary>Whether the store has the owner under its name.</summary>
    internal bool IsOwnerThere { get; init; }

    /// <summary>Whether the new key is the operator's identity.</summary>
    internal bool ReplacesIdentity { get; init; }

    /// <summary>The store.</summary>
    internal NatsStore? Store { get; init; }

    /// <summary>The owner and the keys.</summary>
    public override string ToString() => $"{Owner}: {OldKey} to {NewKey}";
}
