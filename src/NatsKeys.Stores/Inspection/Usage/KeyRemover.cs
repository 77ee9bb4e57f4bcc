using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>
/// Removes private keys from a key root. This cannot be undone. A key that an entity uses is removed only if it is named and force is used. Several
/// stores may share a key root, so the other stores are searched, too.
/// </summary>
internal sealed class KeyRemover
{
    private readonly NatsStore store;
    private readonly IReadOnlyList<NatsStore> others;
    private IReadOnlyList<(NatsStore Store, KeyDirectory Keys)> directories;

    /// <summary>Prepares the removal. The stores are read once, on first use.</summary>
    /// <param name="store">The store that the key root belongs to.</param>
    /// <param name="others">Other stores whose entities may use the keys.</param>
    public KeyRemover(NatsStore store, IReadOnlyList<NatsStore>? others = null)
    {
        (this.store, this.others) = (store, others ?? []);
        directories = Read();
    }

    /// <summary>The public keys that no entity of the stores uses, sorted.</summary>
    /// <param name="type">The type of the keys; null for any.</param>
    /// <exception cref="NatsKeysException">An entity file cannot be read, so it is unknown which keys it uses.</exception>
    public IReadOnlyList<string> FindUnreferenced(NatsKeyType? type = null) => [.. store.Keys.PublicKeys()
        .Where(key => type is null || PublicNkey.Is(key, type.Value))
        .Where(key => FindUser(key) is null)
        .Order(StringComparer.Ordinal)];

    /// <summary>
    /// Throws if keys that this store does not use cannot be taken for unused, because stores that were not named may have them.
    /// </summary>
    /// <param name="keys">The keys that the known stores do not use.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.KeyInUse"/>.</exception>
    public void RequireOwn(IReadOnlyCollection<string> keys)
    {
        // This store itself, and one with its keys elsewhere, say nothing about those that may use the keys.
        bool isNamed = others.Any(other => other.Location != store.Location && other.Keys.Location == store.Keys.Location);
        if (keys.Count > 0 && !isNamed && store.Keys.IsShared)
        {
            throw new NatsKeysException(
                ErrorCode.KeyInUse,
                $"The store {store.Location} does not use {keys.Count} of the keys in {store.Keys.Location}, but another store that has its keys "
                    + "there may use them. Nothing was removed.")
            {
                Remedy = Remedy.NameOtherStores,
            };
        }
    }

    /// <summary>Throws if a key cannot be removed.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <param name="force">Whether a key may be removed that an entity uses.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.KeyNotFound"/>: the key's seed is not in the key root. <see cref="ErrorCode.KeyInUse"/>: an entity uses it. Other codes:
    /// an entity file cannot be read.
    /// </exception>
    public void Require(string publicKey, bool force)
    {
        if (!store.Keys.Contains(PublicNkey.Require(publicKey)))
        {
            throw new NatsKeysException(ErrorCode.KeyNotFound, $"The seed of {publicKey} is not in the key store {store.Keys.Location}.");
        }

        if (!force && FindUser(publicKey) is { } used)
        {
            throw new NatsKeysException(
                ErrorCode.KeyInUse, $"Key {publicKey} is in use: {used.What} in the store {used.Store.Location}. Nothing was removed.");
        }
    }

    /// <summary>Removes keys while the store is locked. The keys are checked again under the lock.</summary>
    /// <param name="publicKeys">The public keys.</param>
    /// <param name="force">Whether keys may be removed that entities use.</param>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <exception cref="NatsKeysException">The errors of <see cref="Require"/>. In this case no key is removed.</exception>
    public void Remove(IReadOnlyCollection<string> publicKeys, bool force, CancellationToken cancellation = default) => Conflicts.Retry(() =>
    {
        if (!store.Exists)
        {
            // Removing keys must not create a store.
            RequireAll(publicKeys, force);
            foreach (string key in publicKeys)
            {
                store.Keys.Remove(key);
            }

            return;
        }

        using StoreTransaction edit = store.BeginChange(cancellation);
        directories = Read();
        RequireAll(publicKeys, force);
        foreach (string key in publicKeys)
        {
            edit.ForgetKey(key);
        }

        edit.Commit();
    });

    private void RequireAll(IEnumerable<string> publicKeys, bool force)
    {
        foreach (string key in publicKeys)
        {
            Require(key, force);
        }
    }

    private (string What, NatsStore Store)? FindUser(string publicKey)
    {
        foreach ((NatsStore each, KeyDirectory keys) in directories)
        {
            if (keys.IsUsed(publicKey))
            {
                return (keys.UsesOf(publicKey) is [var first, ..] ? $"{first}" : "a rotation that is not finished", each);
            }
        }

        return null;
    }

    private (NatsStore Store, KeyDirectory Keys)[] Read() => [.. others.Prepend(store).Select(each => (each, new KeyDirectory(each)))];
}
