using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>Ends replacements of the system account's signing keys, once servers know the new ones.</summary>
public static class RotationConfirming
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

    /// <summary>
    /// Forgets the replacements of an account's signing keys that only waited for servers. The seeds of the old keys stay where they are.
    /// </summary>
    /// <param name="editor">The editor of the store.</param>
    /// <param name="account">The account.</param>
    /// <param name="token">The token that all servers have.</param>
    /// <returns>Whether there were any, and the token is the one that the store has.</returns>
    public static bool ConfirmRotations(this EntityEditor editor, NatsAccount account, string token)
    {
        if (!account.AwaitsServers())
        {
            return false;
        }

        using StoreChange turn = editor.Begin();
        var now = (NatsAccount)turn.Get(account.Path);
        List<UnfinishedRotation> over = now.OpenRotations().FindAll(rotation => rotation.AwaitsServers);
        if (over.Count == 0 || now.Jwt != token)
        {
            return false;
        }

        turn.SaveRotations(turn.Store.ReadRotations().FindAll(rotation => !over.Contains(rotation)));
        turn.Commit();
        return true;
    }
}
