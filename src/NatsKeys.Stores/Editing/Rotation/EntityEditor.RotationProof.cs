using NatsKeys.Store;

namespace NatsKeys.Editing;

public sealed partial class EntityEditor
{
    /// <summary>
    /// Forgets the replacements of an account's signing keys that only waited for servers. The seeds of the old keys stay where they are.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="token">The token that all servers have.</param>
    /// <returns>Whether there were any, and the token is the one that the store has.</returns>
    public bool ConfirmRotations(NatsAccount account, string token) => Conflicts.Retry(() =>
    {
        if (!account.AwaitsServers())
        {
            return false;
        }

        using StoreChange edit = Begin();
        var now = (NatsAccount)edit.Get(account.Path);
        List<UnfinishedRotation> over = now.OpenRotations().FindAll(rotation => rotation.AwaitsServers);
        if (over.Count == 0 || now.Jwt != token)
        {
            return false;
        }

        edit.SaveRotations(edit.Store.ReadRotations().FindAll(rotation => !over.Contains(rotation)));
        edit.Commit();
        return true;
    });
}
