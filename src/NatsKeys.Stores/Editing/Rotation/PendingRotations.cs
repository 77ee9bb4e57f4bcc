using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Finds the key rotations of an account that are in progress.</summary>
internal static class PendingRotations
{
    /// <summary>Whether a rotation of an account's signing key waits only to be published.</summary>
    /// <param name="account">The account.</param>
    public static bool AwaitsServers(this NatsAccount account) => account.OpenRotations().Exists(rotation => rotation.AwaitsServers);

    /// <summary>
    /// Gets the key rotations of an account that are in progress. They are also found by its keys, because it may have been renamed.
    /// </summary>
    internal static List<RotationRecord> OpenRotations(this NatsAccount account)
    {
        List<RotationRecord> all = account.Store.ReadRotations();
        return all.FindAll(rotation => rotation.Owner.Folded == account.Path.Folded || account.Wanted.ListedKeys.Contains(Successor(all, rotation)));
    }

    /// <summary>Finds the last successor of the old key: its direct successor may have been replaced as well.</summary>
    internal static string Successor(List<RotationRecord> all, RotationRecord rotation)
    {
        // A file that was edited by hand may contain a cycle.
        string key = rotation.NewKey;
        for (int step = 0; step < all.Count && all.Find(other => other.OldKey == key) is { } next; step++)
        {
            key = next.NewKey;
        }

        return key;
    }
}
