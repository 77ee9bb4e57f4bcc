using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>
/// An entity that is to be taken into the store: below the one that it belongs to, and over another one only where that is asked for.
/// </summary>
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
            throw SourceFault.Of(
                ErrorCode.EntityExists, File, $"The names of the {path} and of the {kept.Path} in the store {Store.Location} differ only in case");
        }

        if (kept.IsSame)
        {
            return false;
        }

        return overwrite
            ? true
            : throw SourceFault.Of(
                ErrorCode.EntityExists, File, $"The store {Store.Location} already has another {path}", Remedy.Overwrite);
    }

    public sealed override NatsEntity? Import(CancellationToken cancellation = default) => Conflicts.Retry(() =>
    {
        using StoreTransaction edit = Store.BeginChange(cancellation);
        if (path.Parent is { } parent && !Has(parent))
        {
            throw SourceFault.Of(ErrorCode.EntityNotFound, File, $"The {parent}, the parent of the {path}, is not in the store {Store.Location}");
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

    /// <summary>What the store has in its place, under whatever case of the name, and whether that is the very same; null for nothing.</summary>
    private protected abstract (EntityPath Path, bool IsSame)? Kept();

    /// <summary>Whether the store has an entity, of whatever state.</summary>
    private protected abstract bool Has(EntityPath parent);

    /// <summary>Writes it, as part of a change.</summary>
    private protected abstract void Save(StoreTransaction edit);

    /// <summary>Tells what people should know of what the store has now.</summary>
    private protected abstract void WarnOfTimes();

    /// <summary>The entity as the store has it; null where it is none.</summary>
    /// <param name="isSaved">Whether it was written just now, as opposed to found there.</param>
    private protected abstract NatsEntity? Entity(bool isSaved);
}
