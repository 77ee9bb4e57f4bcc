using NatsKeys.Editing;
using NatsKeys.Entities;
using NatsKeys.Store;

namespace NatsKeys.Rotation;

/// <summary>Ends replacements of the system account's signing keys, once servers know the new ones.</summary>
public static class RotationConfirming
{
    /// <summary>Whether a replacement of a signing key of an account waits for servers to know it.</summary>
    /// <param name="account">The account.</param>
    public static bool AwaitsServers(this NatsAccount account) => account.Store.ReadRotations().Exists(rotation => IsPending(rotation, account));

    /// <summary>Forgets the replacements of an account's signing keys that only waited for servers. The seeds of the old keys stay where they are.</summary>
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
        List<UnfinishedRotation> known = turn.Store.ReadRotations();
        List<UnfinishedRotation> left = known.FindAll(rotation => !IsPending(rotation, account));
        if (left.Count == known.Count || turn.Get(account.Path).Jwt != token)
        {
            return false;
        }

        turn.SaveRotations(left);
        turn.Commit();
        return true;
    }

    private static bool IsPending(UnfinishedRotation rotation, NatsAccount account) =>
        rotation.AwaitsServers && (rotation.Owner.Folded == account.Path.Folded || account.Wanted.ListedKeys.Contains(rotation.NewKey));
}
