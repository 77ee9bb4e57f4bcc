using NatsKeys.Editing;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Which key of a role is meant where a rotation that keeps the old one lets two keys have it.</summary>
internal enum RoleChoice
{
    /// <summary>None: the two are named in an error.</summary>
    None,

    /// <summary>The key that stays.</summary>
    Successor,

    /// <summary>The key that leaves: what is done with it goes on with the rotation.</summary>
    Leaving,
}

/// <summary>The signing keys that have one role.</summary>
internal static class RoleKeys
{
    /// <summary>The one key that is meant.</summary>
    /// <param name="found">The keys that have the role.</param>
    /// <param name="role">The role, for the error.</param>
    /// <param name="choice">Which one is meant while it is rotated.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityAmbiguous"/>: several match.</exception>
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

    /// <summary>The error that names the keys, what becomes of each, and how to name one.</summary>
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
        + (SuccessorOf(key) is { } successor ? $" (it leaves, {successor} takes its place)"
            : found.Any(other => SuccessorOf(other) == key.PublicKey) ? " (the new one)"
            : "");

    /// <summary>The key that takes the place of one whose rotation is not finished; null for others.</summary>
    private static string? SuccessorOf(NatsSigningKey key) => key.GetOwner() is NatsAccount account
        ? account.OpenRotations().Find(rotation => rotation.OldKey == key.PublicKey)?.NewKey
        : null;
}
