using NatsKeys.Store;

namespace NatsKeys.Exchange;

/// <summary>A copy of a store that follows it: what the store does not have any more goes from the copy, too. Nothing is signed or revoked.</summary>
/// <param name="source">The store.</param>
/// <param name="copy">The copy.</param>
internal sealed class StoreCopy(NatsStore source, NatsStore copy)
{
    /// <summary>Removes from the copy what is only there, and gives the rotations of the store to it.</summary>
    /// <exception cref="NatsKeysException">The store or the copy cannot be read, or the copy not be changed.</exception>
    public void RemoveRest(CancellationToken cancellation)
    {
        EntityPath[] rest = [.. Rest(parent: null)];
        List<RotationRecord> rotations = source.ReadRotations();
        using StoreTransaction change = copy.BeginChange(cancellation);
        foreach (EntityPath path in rest)
        {
            change.Delete(path, includeCredentials: false);
        }

        if (rotations.Count > 0 || copy.ReadRotations().Count > 0)
        {
            change.SaveRotations(rotations);
        }

        change.Commit();
    }

    /// <summary>What only the copy has, from below to above.</summary>
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
