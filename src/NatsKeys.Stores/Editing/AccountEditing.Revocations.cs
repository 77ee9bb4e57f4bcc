using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal static partial class AccountEditing
{
    /// <summary>Takes a revocation away.</summary>
    /// <param name="account">The account.</param>
    /// <param name="revocations">Its list, or that of one of its exports.</param>
    /// <param name="key">The public key, or <see cref="Revocations.All"/>.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ClaimNotFound"/>: it is not there.</exception>
    public static void RemoveRevocation(this NatsAccount account, ClaimTable<long> revocations, string key)
    {
        if (!revocations.Remove(key))
        {
            throw new NatsKeysException(
                ErrorCode.ClaimNotFound, $"The {account.Path} has no revocation of {(key == Revocations.All ? "all users" : key)}.");
        }
    }

    /// <summary>
    /// Revokes every user up to a time. Of those whose tokens say that they are from later each is revoked by its own key, up to that time: none of
    /// them stays in, and nobody else is kept out with them.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="upTo">The time up to which tokens of everybody are refused.</param>
    public static void RevokeEverybody(this NatsAccount account, DateTimeOffset upTo)
    {
        Revocations.Revoke(account.Claims.Revocations, Revocations.All, upTo.ToUnixTimeSeconds());
        foreach (NatsEntity user in account.Store.Names(account.Path)
            .Select(name => account.Store.FindReadable(account.Path.Child(name)))
            .OfType<NatsEntity>())
        {
            if (user.Subject is not null && user.IssuedAt is { } issuedAt && issuedAt > upTo)
            {
                Revocations.Revoke(account.Claims.Revocations, user.Subject, issuedAt.ToUnixTimeSeconds());
            }
        }
    }

    /// <summary>Takes the revocations away that one of everybody covers, of users and of every export.</summary>
    /// <param name="account">The account.</param>
    public static void CompactRevocations(this NatsAccount account)
    {
        Revocations.Compact(account.Claims.Revocations);
        foreach (AccountExport export in account.Claims.Exports)
        {
            Revocations.Compact(export.Revocations);
        }
    }
}
