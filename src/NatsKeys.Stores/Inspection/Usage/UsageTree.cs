using NatsKeys.Store;

namespace NatsKeys.Inspection;

/// <summary>
/// Finds what keys are used for and all that depends on them, from above downwards: what they signed, what lies below that, the credentials
/// that hold it, and the importers of it. Tokens count, not what is wanted by now: what is out there is what was signed. Users come out as they
/// are read, and are read with all cores.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="unreadable">Receives the error of each file that cannot be read. The rest continues.</param>
/// <param name="cancellation">Ends the reading.</param>
internal sealed class UsageTree(NatsStore store, Action<NatsKeysException> unreadable, CancellationToken cancellation = default)
{
    /// <summary>What depends on a key.</summary>
    /// <param name="publicKey">The public key.</param>
    /// <param name="owner">Where the key is or was listed, so that less needs to be read; null for wherever that is.</param>
    /// <returns>The uses, each before what lies below it; nothing where nothing in the store uses the key.</returns>
    public IEnumerable<NatsKeyUsage> OfKey(string publicKey, EntityPath? owner = null) => Walk([publicKey], owner);

    /// <summary>What depends on the identity key of an entity and on the keys that it lists.</summary>
    /// <param name="owner">The operator, account or user.</param>
    /// <returns>The uses, each before what lies below it.</returns>
    public IEnumerable<NatsKeyUsage> OfOwner(NatsEntity owner) => Walk(KeyUses.OwnKeys(owner), owner.Path);

    /// <summary>What depends on the keys of all operators: all that is signed.</summary>
    /// <returns>The uses, each before what lies below it.</returns>
    public IEnumerable<NatsKeyUsage> OfAll() => store.ReadOperators(unreadable).SelectMany(OfOwner);

    private IEnumerable<NatsKeyUsage> Walk(IEnumerable<string> keys, EntityPath? owner) =>
        new UsageWalker(store, keys, owner, unreadable, cancellation).Read();
}
