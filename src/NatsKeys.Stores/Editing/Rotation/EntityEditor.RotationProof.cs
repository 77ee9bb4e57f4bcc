using NatsKeys.Store;

namespace NatsKeys.Editing;

internal sealed partial class EntityEditor
{
    /// <summary>
    /// Finishes the rotations of an account's signing keys for which only publishing was pending. The seeds of the old keys are kept.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="token">The token that all servers have.</param>
    /// <returns>Whether there were any, and the token is still the current one in the store.</returns>
    public bool ConfirmRotations(NatsAccount account, string token) => Conflicts.Retry(() =>
    {
        if (!account.AwaitsServers())
        {
            return false;
        }

        using StoreTransaction edit = Begin();
        NatsAccount now = edit.Get<NatsAccount>(account.Path);
        List<RotationRecord> over = now.OpenRotations().FindAll(rotation => rotation.AwaitsServers);
        if (over.Count == 0 || now.Jwt != token)
        {
            return false;
        }

        edit.SaveRotations(edit.Store.ReadRotations().FindAll(rotation => !over.Contains(rotation)));
        edit.Commit();
        return true;
    });
}
