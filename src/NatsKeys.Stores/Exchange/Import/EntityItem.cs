using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>An entity to import below its parent. It replaces another token only if overwriting is allowed.</summary>
internal abstract class EntityItem(NatsStore store, string file, EntityPath path, bool overwrite) : ImportItem(store, file)
{
    public EntityPath Path => path;

    public sealed override bool IsNeeded()
    {
        if (Kept() is not { } kept)
        {
            return true;
        }

        if (kept.Path != path)
        {
            throw Fault(
                ErrorCode.EntityExists, $"The names of the {path} and of the {kept.Path} in the store {Store.Location} differ only in case");
        }

        if (kept.IsSame)
        {
            return false;
        }

        return overwrite
            ? true
            : throw Fault(ErrorCode.EntityExists, $"The store {Store.Location} already has another {path}", Remedy.Overwrite);
    }

    public sealed override NatsEntity? Import(CancellationToken cancellation = default) => Conflicts.Retry(() =>
    {
        using StoreTransaction edit = Store.BeginChange(cancellation);
        if (path.Parent is { } parent && !Has(parent))
        {
            throw Fault(ErrorCode.EntityNotFound, $"The {parent}, the parent of the {path}, is not in the store {Store.Location}");
        }

        bool isNeeded = IsNeeded();
        if (isNeeded)
        {
            Store.LookAlikes.Warn(path);
            Save(edit);
            edit.Commit();
            WarnOfTimes();
        }

        return Entity(isSaved: isNeeded);
    });

    public override string ToString() => path.ToString();

    /// <summary>Creates an error that names where the entity comes from.</summary>
    private protected virtual NatsKeysException Fault(ErrorCode code, string why, Remedy? remedy = null) =>
        SourceFault.Of(code, File, why, remedy);

    /// <summary>The stored entity at this path, ignoring case, and whether it is identical; null if there is none.</summary>
    private protected abstract (EntityPath Path, bool IsSame)? Kept();

    /// <summary>Whether the store has an entity at this path, even an invalid one.</summary>
    private protected abstract bool Has(EntityPath parent);

    /// <summary>Writes the entity as part of a transaction.</summary>
    private protected abstract void Save(StoreTransaction edit);

    /// <summary>Warns about times in the stored entity, such as its expiry.</summary>
    private protected abstract void WarnOfTimes();

    /// <summary>The entity as stored; null if its file is not a valid entity.</summary>
    /// <param name="isSaved">Whether it was just written, rather than already there.</param>
    private protected abstract NatsEntity? Entity(bool isSaved);
}
