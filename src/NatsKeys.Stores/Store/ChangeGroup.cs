namespace NatsKeys.Store;

/// <summary>
/// Several changes of a store that are written together, where that takes no longer than to write one of them. Each change is made and committed as
/// ever, within <see cref="Enter"/>, and sees those before it; but nobody else does until <see cref="Commit"/>.
/// </summary>
internal abstract class ChangeGroup : IDisposable
{
    /// <summary>Whether no more changes should wait.</summary>
    public abstract bool IsFull { get; }

    /// <summary>Has whatever the caller reads and changes belong to the group, until that is disposed.</summary>
    public abstract IDisposable Enter();

    /// <summary>Writes what waits. Then the group is empty and goes on, whatever comes of it.</summary>
    /// <exception cref="NatsKeysException">
    /// Nothing of it was written: somebody else changed what one of the changes was made from (<see cref="ErrorCode.StoreConflict"/>), or one of them
    /// cannot be written. Each of them can then be made alone.
    /// </exception>
    public abstract void Commit();

    public abstract void Dispose();
}
