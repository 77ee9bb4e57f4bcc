using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>Finds the entity that lists a signing key.</summary>
internal static class SigningKeyLookup
{
    /// <summary>Finds the operator or account that lists a key or is in the middle of replacing it; null if there is none.</summary>
    /// <param name="store">The store.</param>
    /// <param name="publicKey">The public key.</param>
    /// <exception cref="NatsKeysException">A file that must be searched cannot be read.</exception>
    public static NatsEntity? FindOwner(this NatsStore store, string publicKey)
    {
        if (Owners(store).FirstOrDefault(entity => entity.Wanted.ListedKeys.Contains(publicKey)) is { } owner)
        {
            return owner;
        }

        return store.ReadRotations().Find(rotation => rotation.OldKey == publicKey) is { } begun
            ? store.FindReadable(begun.Owner)
                ?? Owners(store).FirstOrDefault(entity => entity.Subject == begun.NewKey || entity.Wanted.ListedKeys.Contains(begun.NewKey))
            : null;
    }

    /// <summary>Finds a signing key and the entity that lists it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="keyOrRole">The public key, or the name of its role.</param>
    /// <param name="choice">The key to select while the role's key is rotated.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeyNotFound"/>: no entity lists it. <see cref="ErrorCode.EntityAmbiguous"/>: several roles have this name.
    /// </exception>
    public static (NatsEntity Owner, string PublicKey) FindListedKey(this NatsStore store, string keyOrRole, RoleChoice choice = RoleChoice.None)
    {
        if (PublicNkey.TryGetType(keyOrRole, out _))
        {
            return (
                store.FindOwner(keyOrRole)
                    ?? throw RoleNames.Unknown(
                        $"Key {keyOrRole} is not a signing key of any entity in the store {store.Location}{store.Because}.", suggestion: ""),
                keyOrRole);
        }

        NatsSigningKey[] found = [.. Owners(store)
            .OfType<NatsAccount>()
            .SelectMany(account => account.GetSigningKeys())
            .Where(key => key.IsScoped && key.Role == keyOrRole)];
        return found switch
        {
            [] =>
                throw RoleNames.Unknown(
                    $"{SecretShape.Show(keyOrRole)} is neither a public key nor a role of an account in the store {store.Location}{store.Because}.",
                    RoleNames.Suggest(Owners(store), keyOrRole)),
            _ => RoleKeys.One(found, keyOrRole, choice) is var meant ? (meant.GetOwner(), meant.PublicKey) : default,
        };
    }

    /// <summary>Gets the public key of an owner's signing key from the key itself or its role.</summary>
    /// <param name="owner">The operator or account.</param>
    /// <param name="keyOrRole">The public key, or the name of the role. Any other text is returned as it is, because no entity lists it.</param>
    /// <param name="choice">The key to select while the role's key is rotated.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityAmbiguous"/>: several keys have this role.</exception>
    public static string KeyOf(NatsEntity owner, string keyOrRole, RoleChoice choice = RoleChoice.None)
    {
        NatsSigningKey[] found = owner is NatsAccount account
            ? [.. account.GetSigningKeys().Where(key => key.IsScoped && key.Role == keyOrRole)]
            : [];
        return found.Length == 0 ? keyOrRole : RoleKeys.One(found, keyOrRole, choice).PublicKey;
    }

    /// <summary>The signing keys of an operator or account.</summary>
    /// <param name="owner">The operator or account.</param>
    public static IReadOnlyList<NatsSigningKey> SigningKeysOf(NatsEntity owner) => owner switch
    {
        NatsOperator above => above.GetSigningKeys(),
        NatsAccount account => account.GetSigningKeys(),
        _ => [],
    };

    /// <summary>All operators and accounts whose files can be read.</summary>
    /// <param name="store">The store.</param>
    /// <param name="operatorName">The operator to search with its accounts; null for all.</param>
    /// <param name="unreadable">Receives the error of each file that cannot be read; null to ignore them.</param>
    public static IEnumerable<NatsEntity> Owners(NatsStore store, string? operatorName = null, Action<NatsKeysException>? unreadable = null)
    {
        IEnumerable<EntityPath> paths = store.Names()
            .Where(name => operatorName is null || name.Equals(operatorName, StringComparison.OrdinalIgnoreCase))
            .Select(name => new EntityPath(name));
        foreach (EntityPath path in paths.SelectMany(path => store.Names(path).Select(path.Child).Prepend(path)))
        {
            (NatsEntity? owner, NatsKeysException? fault) = ChildReader.ReadOne(store, path, parent: null);
            if (fault is not null)
            {
                unreadable?.Invoke(fault);
            }

            if (owner is not null)
            {
                yield return owner;
            }
        }
    }
}
