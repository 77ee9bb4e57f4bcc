using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>The replacements of an account's keys that are not finished.</summary>
internal static class PendingRotations
{
    /// <summary>Whether a replacement of a signing key of an account waits for servers to know it.</summary>
    /// <param name="account">The account.</param>
    public static bool AwaitsServers(this NatsAccount account) => account.OpenRotations().Exists(rotation => rotation.AwaitsServers);

    /// <summary>The replacements of an account's keys that are not over. It may have another name by now, so its keys tell which they are.</summary>
    internal static List<UnfinishedRotation> OpenRotations(this NatsAccount account)
    {
        List<UnfinishedRotation> all = account.Store.ReadRotations();
        return all.FindAll(rotation => rotation.Owner.Folded == account.Path.Folded || account.Wanted.ListedKeys.Contains(Successor(all, rotation)));
    }

    /// <summary>The key that stands for the old one of a replacement in the end: its successor may have been replaced, too.</summary>
    internal static string Successor(List<UnfinishedRotation> all, UnfinishedRotation rotation)
    {
        // A file that somebody wrote may lead in circles.
        string key = rotation.NewKey;
        for (int step = 0; step < all.Count && all.Find(other => other.OldKey == key) is { } next; step++)
        {
            key = next.NewKey;
        }

        return key;
    }
}
