using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>The default key of a signing request. Its seed need not be available here: it is on another machine.</summary>
internal static class RequestedKey
{
    /// <summary>The current issuer where it may still sign, else the identity key above, else its only unscoped signing key.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="current">The key that signed it before; null for none.</param>
    /// <returns>The public key; null for the identity key of what stands above and has no key yet.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.SigningKeyNotFound"/> or <see cref="ErrorCode.EntityAmbiguous"/>.</exception>
    public static string? DefaultOf(NatsEntity entity, string? current)
    {
        IReadOnlyCollection<string> trusted = entity.TrustedIssuers;
        if (current is not null && trusted.Contains(current))
        {
            return current;
        }

        if (entity is NatsUser { Claims.Permissions.IsCleared: true })
        {
            throw new NatsKeysException(
                ErrorCode.SigningKeyNotFound,
                $"The key that signed the {entity.Path}, {current}, may no longer sign. It is the key of a role, and is only replaced by a key "
                    + "that is specified.");
        }

        NatsEntity parent = entity.Parent;
        if (trusted.Contains(parent.Subject!))
        {
            return parent.Subject;
        }

        string[] plain = [.. trusted.Where(key => (parent as NatsAccount)?.ScopeOf(key) is null)];
        return plain switch
        {
            [var only] => only,
            [] =>
                throw new NatsKeysException(
                    ErrorCode.SigningKeyNotFound, $"The {parent.Path} has no key that may sign the {entity.Path}. It has no unscoped signing key."),
            _ => throw new NatsKeysException(
                ErrorCode.EntityAmbiguous,
                $"The {parent.Path} has {plain.Length} signing keys that could sign the {entity.Path}: {string.Join(", ", plain)}.")
            {
                Remedy = Remedy.NameSigningKey,
            },
        };
    }
}
