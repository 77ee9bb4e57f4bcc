using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>
/// Finds the uses of keys and everything that depends on them, from the top down: what they signed, the entities below it, their credentials and the
/// importers. It goes by the signed tokens, not by unsigned edits, because the tokens are what is in use. Users are read on all cores and returned as
/// they are read.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="unreadable">Receives the error of each file that cannot be read. The rest continues.</param>
/// <param name="cancellation">Cancels the reading.</param>
internal sealed class UsageTree(NatsStore store, Action<NatsKeysException> unreadable, CancellationToken cancellation = default)
{
    /// <summary>Finds what depends on a key.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <param name="owner">The entity that lists or listed the key, so that less is read; null to search everywhere.</param>
    /// <returns>The uses, parents before children; empty if nothing in the store uses the key.</returns>
    public IEnumerable<NatsKeyUsage> OfKey(string publicKey, EntityPath? owner = null) => Walk([publicKey], owner);

    /// <summary>Finds what depends on the identity key and the signing keys of an entity.</summary>
    /// <param name="owner">The operator, account or user.</param>
    /// <returns>The uses, parents before children.</returns>
    public IEnumerable<NatsKeyUsage> OfOwner(NatsEntity owner) => Walk(KeyUses.OwnKeys(owner), owner.Path);

    /// <summary>Finds what depends on the keys of all operators, which is everything that is signed.</summary>
    /// <returns>The uses, parents before children.</returns>
    public IEnumerable<NatsKeyUsage> OfAll() => store.ReadOperators(unreadable).SelectMany(OfOwner);

    private IEnumerable<NatsKeyUsage> Walk(IEnumerable<string> keys, EntityPath? owner) =>
        new UsageWalker(store, keys, owner, unreadable, cancellation).Read();
}
