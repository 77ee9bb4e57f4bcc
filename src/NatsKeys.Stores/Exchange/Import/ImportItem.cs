using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>One item of an import: an entity, a key, credentials, or an error in its place.</summary>
internal abstract class ImportItem
{
    private protected ImportItem(NatsStore store, string file)
    {
        Store = store;
        File = file;
    }

    /// <summary>The file that it comes from.</summary>
    public string File { get; }

    /// <summary>The store into which it is imported.</summary>
    internal NatsStore Store { get; }

    /// <summary>Whether the store does not have it yet. This writes nothing.</summary>
    /// <exception cref="NatsKeysException">It cannot be imported. The message names the file or the conflicting entity.</exception>
    public abstract bool IsNeeded();

    /// <summary>Imports it into the store if it is needed.</summary>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <returns>The entity; null if this item is not an entity.</returns>
    /// <exception cref="NatsKeysException">It cannot be imported.</exception>
    public abstract NatsEntity? Import(CancellationToken cancellation = default);

    /// <summary>The item as text, for messages.</summary>
    public abstract override string ToString();
}
