using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>One thing that is to be imported: an entity, a key, or credentials; or an error that stands in its place.</summary>
internal abstract class ImportItem
{
    private protected ImportItem(NatsStore store, string file)
    {
        Store = store;
        File = file;
    }

    /// <summary>The file that it comes from.</summary>
    public string File { get; }

    /// <summary>The store that takes it.</summary>
    internal NatsStore Store { get; }

    /// <summary>Whether the store does not have it yet. Nothing is written.</summary>
    /// <exception cref="NatsKeysException">It cannot be imported; the message names the file, or the entity that is in its way.</exception>
    public abstract bool IsNeeded();

    /// <summary>Takes it into the store, where it is needed.</summary>
    /// <param name="cancellation">Cancels the wait for other processes.</param>
    /// <returns>The entity; null for what is none.</returns>
    /// <exception cref="NatsKeysException">It cannot be imported.</exception>
    public abstract NatsEntity? Import(CancellationToken cancellation = default);

    /// <summary>What it is, for people.</summary>
    public abstract override string ToString();
}
