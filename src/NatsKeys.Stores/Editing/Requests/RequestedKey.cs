using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Chooses the default key of a requested signature. Its seed need not be available, because it is on another machine.</summary>
internal static class RequestedKey
{
    /// <summary>Gets the first key that may sign, in the order of <see cref="SignerOrder"/>, whether or not its seed is available.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="current">The key that signed it before; null for none.</param>
    /// <param name="isNew">Whether the parent gets its identity key through the same request. That key is on this machine, and signs.</param>
    /// <returns>The public key; null for the identity key of a parent that has no key yet.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.SigningKeyNotFound"/>.</exception>
    public static string? DefaultOf(NatsEntity entity, string? current, bool isNew)
    {
        IReadOnlyCollection<string> trusted = entity.TrustedIssuers;
        NatsEntity parent = entity.Parent;
        bool isOfRole = entity is NatsUser { Claims.Permissions.IsCleared: true };
        bool isHere = (isNew || parent.Subject is null) && trusted.Contains(parent.Subject!);
        if (SignerOrder.Of(parent, trusted, current, isOfRole).FirstOrDefault() is { Key: { } first } && (first == current || !isHere))
        {
            return first;
        }

        if (isOfRole)
        {
            throw new NatsKeysException(
                ErrorCode.SigningKeyNotFound,
                $"The key that signed the {entity.Path}, {current}, may no longer sign. It is the key of a role, and is only replaced by a key "
                    + "that is specified.");
        }

        return isHere
            ? parent.Subject
            : throw new NatsKeysException(
                ErrorCode.SigningKeyNotFound, $"The {parent.Path} has no key that may sign the {entity.Path}. It has no unscoped signing key.");
    }
}
