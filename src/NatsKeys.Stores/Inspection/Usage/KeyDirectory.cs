using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>
/// Finds what the keys of a store are used for. Files are read on first use. Users are read only for user keys, and for keys that nothing else uses.
/// </summary>
internal sealed class KeyDirectory
{
    private readonly NatsStore store;
    private readonly Lazy<ILookup<string, NatsKeyUsage>> ofOwners;
    private readonly Lazy<ILookup<string, NatsKeyUsage>> ofUsers;
    private readonly Lazy<List<RotationRecord>> rotations;
    private NatsKeysException? fault;

    /// <summary>Creates the directory of a store. It reflects the store at the time of the first question.</summary>
    /// <param name="store">The store.</param>
    public KeyDirectory(NatsStore store)
    {
        this.store = store;
        rotations = new(store.ReadRotations);
        ofOwners = new(() => Operators().SelectMany(OfOwner).ToLookup(use => use.PublicKey!, StringComparer.Ordinal));
        ofUsers = new(() => Operators().SelectMany(Accounts).SelectMany(OfUsers).ToLookup(use => use.PublicKey!, StringComparer.Ordinal));
    }

    /// <summary>The uses of a key in all files of the store that can be read.</summary>
    /// <param name="publicKey">The public key.</param>
    public IReadOnlyList<NatsKeyUsage> UsesOf(string publicKey)
    {
        IEnumerable<NatsKeyUsage> found = ofOwners.Value[publicKey];
        bool mayBeOfUsers = PublicNkey.Is(publicKey, NatsKeyType.User) || (!found.Any() && PublicNkey.Is(publicKey, NatsKeyType.Account));
        return (mayBeOfUsers ? found.Concat(ofUsers.Value[publicKey]) : found).OrderBy(use => use.Kind).ToArray();
    }

    /// <summary>Whether the store uses a key. A key is known to be unused only if every file can be read.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <exception cref="NatsKeysException">No readable file uses the key, and another file cannot be read.</exception>
    public bool IsUsed(string publicKey)
    {
        // While a rotation is unfinished, some servers may know only the old key.
        if (UsesOf(publicKey).Count > 0 || rotations.Value.Exists(rotation => rotation.OldKey == publicKey || rotation.NewKey == publicKey))
        {
            return true;
        }

        _ = ofUsers.Value;
        return fault is null ? false : throw new NatsKeysException(fault.Code, fault.Message, fault) { Path = fault.Path };
    }

    private IEnumerable<NatsKeyUsage> OfOwner(NatsOperator owner)
    {
        var unlisted = new UnlistedKeys(owner);
        foreach (NatsKeyUsage use in KeyUses.Of(owner))
        {
            yield return use;
        }

        foreach (NatsAccount account in Accounts(owner))
        {
            foreach (NatsKeyUsage use in KeyUses.Of(account).Concat(unlisted.Of(account)))
            {
                yield return use;
            }
        }
    }

    private IEnumerable<NatsKeyUsage> OfUsers(NatsAccount account)
    {
        var unlisted = new UnlistedKeys(account);
        return store.ReadChildren<NatsUser>(account, Keep).SelectMany(user => KeyUses.Of(user).Concat(unlisted.Of(user)));
    }

    private IEnumerable<NatsOperator> Operators() => store.ReadOperators(Keep);

    private IEnumerable<NatsAccount> Accounts(NatsOperator owner) => store.ReadChildren<NatsAccount>(owner, Keep);

    private void Keep(NatsKeysException error) => fault ??= error;
}
