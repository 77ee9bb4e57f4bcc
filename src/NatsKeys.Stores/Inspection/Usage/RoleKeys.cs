using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Selects a key of a role while two keys have it, because a rotation keeps the old key.</summary>
internal enum RoleChoice
{
    /// <summary>Selects neither. The error names both.</summary>
    None,

    /// <summary>The new key, which stays.</summary>
    Successor,

    /// <summary>The old key, which is being replaced: further steps of the rotation need it.</summary>
    Leaving,
}

/// <summary>Finds the signing keys of a role.</summary>
internal static class RoleKeys
{
    /// <summary>Gets the one key of a role.</summary>
    /// <param name="found">The keys that have the role.</param>
    /// <param name="role">The role, for the error.</param>
    /// <param name="choice">The key to select during a rotation.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityAmbiguous"/>: several keys match.</exception>
    public static NatsSigningKey One(NatsSigningKey[] found, string role, RoleChoice choice)
    {
        if (found is [var only])
        {
            return only;
        }

        bool isRotated = choice != RoleChoice.None && found.DistinctBy(key => key.GetOwner().Path.Folded).Count() == 1;
        NatsSigningKey[] meant = isRotated ? [.. found.Where(key => SuccessorOf(key) is not null == (choice == RoleChoice.Leaving))] : [];
        return meant is [var chosen] && found.Any(key => SuccessorOf(key) is not null) ? chosen : throw Ambiguous(found, role);
    }

    /// <summary>The error for several keys. It names them, says which one stays, and how to specify one.</summary>
    /// <param name="found">The keys that have the role.</param>
    /// <param name="role">The role.</param>
    public static NatsKeysException Ambiguous(NatsSigningKey[] found, string role)
    {
        bool isOne = found.DistinctBy(key => key.GetOwner().Path.Folded).Count() == 1;
        return new NatsKeysException(
            ErrorCode.EntityAmbiguous,
            $"More than one signing key has the role '{role}': {string.Join(", ", found.Select(key => $"{Describe(key, found)}"))}. Specify "
                + (isOne ? "its public key." : "the account, or the public key."));
    }

    private static string Describe(NatsSigningKey key, NatsSigningKey[] found) => $"{key.PublicKey} of {key.GetOwner().Path}"
        + (SuccessorOf(key) is { } successor ? $" (being replaced by {successor})"
            : found.Any(other => SuccessorOf(other) == key.PublicKey) ? " (the new one)"
            : "");

    /// <summary>The key that replaces this one in an unfinished rotation; null for none.</summary>
    private static string? SuccessorOf(NatsSigningKey key) => key.GetOwner() is NatsAccount account
        ? account.OpenRotations().Find(rotation => rotation.OldKey == key.PublicKey)?.NewKey
        : null;
}
