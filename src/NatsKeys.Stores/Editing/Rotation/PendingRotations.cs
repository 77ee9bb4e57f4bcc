using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>The key rotations of an account that are in progress.</summary>
internal static class PendingRotations
{
    /// <summary>Whether a rotation of an account's signing key waits until it is published.</summary>
    /// <param name="account">The account.</param>
    public static bool AwaitsServers(this NatsAccount account) => account.OpenRotations().Exists(rotation => rotation.AwaitsServers);

    /// <summary>The key rotations of an account that are in progress. They are found by its keys, because it may have been renamed.</summary>
    internal static List<RotationRecord> OpenRotations(this NatsAccount account)
    {
        List<RotationRecord> all = account.Store.ReadRotations();
        return all.FindAll(rotation => rotation.Owner.Folded == account.Path.Folded || account.Wanted.ListedKeys.Contains(Successor(all, rotation)));
    }

    /// <summary>The last successor of the old key: its direct successor may have been replaced, too.</summary>
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
