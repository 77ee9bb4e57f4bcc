using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>Updates a copy of a store. Entities that are no longer in the store are removed from the copy. Nothing is signed or revoked.</summary>
/// <param name="source">The store.</param>
/// <param name="copy">Its copy.</param>
internal sealed class StoreCopy(NatsStore source, NatsStore copy)
{
    /// <summary>Renames entities of the copy whose names differ only in case from those in the store.</summary>
    /// <exception cref="NatsKeysException">The store or the copy cannot be read, or the copy cannot be changed.</exception>
    public void FollowSpelling(CancellationToken cancellation) => FollowSpelling(parent: null, cancellation);

    /// <summary>Removes entities that are only in the copy, and copies the store's rotation records.</summary>
    /// <exception cref="NatsKeysException">The store or the copy cannot be read, or the copy cannot be changed.</exception>
    public void RemoveRest(CancellationToken cancellation) => Conflicts.Retry(() =>
    {
        using StoreTransaction change = copy.BeginChange(cancellation);
        List<RotationRecord> rotations = source.ReadRotations();
        foreach (EntityPath path in Rest(parent: null))
        {
            change.Delete(path, includeCredentials: false);
        }

        if (rotations.Count > 0 || copy.ReadRotations().Count > 0)
        {
            change.SaveRotations(rotations);
        }

        change.Commit();
    });

    private void FollowSpelling(EntityPath? parent, CancellationToken cancellation)
    {
        ILookup<string, string> copied = copy.Names(parent).ToLookup(name => name, StringComparer.OrdinalIgnoreCase);
        foreach (string name in source.Names(parent).Where(copied.Contains))
        {
            EntityPath path = parent?.Child(name) ?? new EntityPath(name);
            if (!copied[name].Contains(name))
            {
                EntityPath old = parent?.Child(copied[name].First()) ?? new EntityPath(copied[name].First());
                Conflicts.Retry(() =>
                {
                    using StoreTransaction change = copy.BeginChange(cancellation);
                    change.Move(old, path);
                    change.Commit();
                });
            }

            if (path.Kind != EntityKind.User)
            {
                FollowSpelling(path, cancellation);
            }
        }
    }

    /// <summary>The entities that are only in the copy, children before parents.</summary>
    private IEnumerable<EntityPath> Rest(EntityPath? parent)
    {
        HashSet<string> kept = new(source.Names(parent), StringComparer.OrdinalIgnoreCase);
        foreach (string name in copy.Names(parent))
        {
            EntityPath path = parent?.Child(name) ?? new EntityPath(name);
            if (path.Kind != EntityKind.User)
            {
                foreach (EntityPath below in Rest(path))
                {
                    yield return below;
                }
            }

            if (!kept.Contains(name))
            {
                yield return path;
            }
        }
    }
}
