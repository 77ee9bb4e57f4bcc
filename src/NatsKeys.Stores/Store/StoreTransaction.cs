using NatsKeys.Keys;

namespace NatsKeys.Store;

/// <summary>
/// A transaction of a store: it holds the lock of the store, and its changes are applied together by <see cref="Commit"/>, all or none. Reads through
/// the transaction already see them.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="storeLock">The lock of the store, which this object releases.</param>
internal abstract class StoreTransaction(NatsStore store, IDisposable storeLock) : IDisposable
{
    private readonly Dictionary<EntityPath, (EntityPath Path, EntityDocument? Document)> saved = [];

    public NatsStore Store => store;

    /// <summary>
    /// Whether no other writer can change the store during the transaction. If others can, the transaction does not detect entities that they add,
    /// unless it reads them.
    /// </summary>
    public virtual bool IsExclusive => true;

    /// <summary>How many more entities the change can save.</summary>
    public virtual int Room => int.MaxValue;

    /// <summary>Gets the entity at a place with the changes of this transaction.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/>, or its file cannot be read.</exception>
    public NatsEntity Get(EntityPath path)
    {
        NatsEntity? parent = path.Parent is { } above && saved.Count > 0 ? Get(above) : null;
        return saved.TryGetValue(path.Folded, out (EntityPath Path, EntityDocument? Document) found)
            ? store.Make(found.Path, found.Document ?? ReadBack(found.Path)!, parent)
            : store.Get(path, parent);
    }

    /// <inheritdoc cref="Get(EntityPath)"/>
    public TEntity Get<TEntity>(EntityPath path)
        where TEntity : NatsEntity => (TEntity)Get(path);

    /// <summary>Gets the entity at a place with the changes of this transaction; it is read-only and may be shared.</summary>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.EntityNotFound"/>, or its file cannot be read.</exception>
    public NatsEntity GetShared(EntityPath path) => saved.Count > 0 ? Get(path) : store.GetShared(path);

    /// <inheritdoc cref="GetShared(EntityPath)"/>
    public TEntity GetShared<TEntity>(EntityPath path)
        where TEntity : NatsEntity => (TEntity)GetShared(path);

    /// <summary>Saves the entity at a place. Stored credentials of a user are updated with it.</summary>
    /// <param name="path">The place.</param>
    /// <param name="document">The document.</param>
    /// <param name="userKey">The new key pair of a user, which is also written to the stored credentials; null if it is unchanged.</param>
    public void Save(EntityPath path, EntityDocument document, NatsKeyPair? userKey = null)
    {
        Stage(path, document, userKey);
        saved[path.Folded] = (path, path.Kind == EntityKind.User && CanReadBack ? null : document);
    }

    /// <summary>Saves a text as the entity file at a place.</summary>
    public abstract void SaveText(EntityPath path, byte[] text);

    /// <summary>Removes the entity at a place. Its children must be removed before it.</summary>
    public abstract void Delete(EntityPath path, bool includeCredentials);

    /// <summary>Moves the entity at a place, with its children, to a free place.</summary>
    public abstract void Move(EntityPath path, EntityPath target);

    /// <summary>Saves a key pair if it has a seed and is not stored yet.</summary>
    public void KeepKey(NatsKeyPair key)
    {
        if (key.HasSeed && !store.Keys.Contains(key.PublicKey))
        {
            Stage(key);
        }
    }

    /// <summary>Removes a key pair.</summary>
    public abstract void ForgetKey(string publicKey);

    /// <summary>Saves the records of the rotations in progress.</summary>
    public abstract void SaveRotations(IReadOnlyCollection<RotationRecord> rotations);

    /// <summary>
    /// Records the state of a rotation and keeps the records of others. The record of a finished rotation is removed. A rotation to the key that is
    /// replaced here becomes one to its successor: it must not list a key again that has left.
    /// </summary>
    public void RecordRotation(RotationRecord rotation, bool isFinished)
    {
        List<RotationRecord> known = store.ReadRotations();
        if (!isFinished || known.Exists(other => other.OldKey == rotation.OldKey || other.NewKey == rotation.OldKey))
        {
            RotationRecord[] own = isFinished ? [] : [rotation];
            IEnumerable<RotationRecord> others = known
                .Where(other => other.OldKey != rotation.OldKey)
                .Select(other => other.NewKey == rotation.OldKey ? other with { NewKey = rotation.NewKey } : other)
                .Where(other => other.OldKey != other.NewKey);
            SaveRotations([.. others, .. own]);
        }
    }

    /// <summary>Applies all changes.</summary>
    /// <exception cref="NatsKeysException">The changes could not be written; then nothing has changed.</exception>
    public abstract void Commit();

    /// <summary>Releases the lock of the store. Changes that were not committed are discarded.</summary>
    public void Dispose()
    {
        try
        {
            Discard();
        }
        finally
        {
            storeLock.Dispose();
        }
    }

    /// <summary>
    /// Whether staged entities can be read back. Users are then not kept in memory, because one change may have ten thousand of them.
    /// </summary>
    protected virtual bool CanReadBack => false;

    /// <summary>Reads the staged document for a place; null if there is none.</summary>
    protected virtual EntityDocument? ReadBack(EntityPath path) => null;

    protected abstract void Stage(EntityPath path, EntityDocument document, NatsKeyPair? userKey);

    protected abstract void Stage(NatsKeyPair key);

    protected abstract void Discard();
}
