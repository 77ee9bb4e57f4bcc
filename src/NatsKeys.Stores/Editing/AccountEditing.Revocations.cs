using NatsKeys.Claims;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Editing;

internal static partial class AccountEditing
{
    /// <summary>Removes a revocation.</summary>
    /// <param name="account">The account.</param>
    /// <param name="revocations">Its list, or that of one of its exports.</param>
    /// <param name="key">The public key, or <see cref="Revocations.All"/>.</param>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.ClaimNotFound"/>: there is no such revocation.</exception>
    public static void RemoveRevocation(this NatsAccount account, ClaimTable<long> revocations, string key)
    {
        if (!revocations.Remove(key))
        {
            throw new NatsKeysException(
                ErrorCode.ClaimNotFound,
                $"The {account.Path} has no revocation of {(key == Revocations.All ? "all users" : KnownNames.Of(key, account))}.")
            {
                Remedy = Remedy.ListRevocations,
            };
        }
    }

    /// <summary>
    /// Revokes all users up to a time. A user whose token states a later issue time is also revoked by its own key, up to that time. So no current
    /// token stays valid, and no other user is affected by a later time.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="upTo">The time up to which the tokens of all users are revoked.</param>
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

    /// <summary>Removes the revocations that a revocation of everybody covers, both of users and of each export.</summary>
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
