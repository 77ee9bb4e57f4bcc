namespace NatsKeys.Store;

/// <summary>
/// A batch of changes to a store that are written together, because that takes no longer than writing one of them. Each change is made and committed
/// as usual, within <see cref="Enter"/>, and sees the changes before it. Nobody else sees them until <see cref="Commit"/>.
/// </summary>
internal abstract class ChangeGroup : IDisposable
{
    /// <summary>Whether the batch is full: no more changes should be added before it is committed.</summary>
    public abstract bool IsFull { get; }

    /// <summary>Adds everything that the caller reads and changes to the batch, until the returned object is disposed.</summary>
    public abstract IDisposable Enter();

    /// <summary>Writes the pending changes. Whether or not this succeeds, the batch is empty afterwards and can be used again.</summary>
    /// <exception cref="NatsKeysException">
    /// Nothing was written: another writer changed what one of the changes is based on (<see cref="ErrorCode.StoreConflict"/>), or one of them cannot
    /// be written. Each change can then be made on its own.
    /// </exception>
    public abstract void Commit();

    public abstract void Dispose();
}
