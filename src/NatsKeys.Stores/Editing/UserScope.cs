using NatsKeys.Claims;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// Fits a user's claims to the key that signs them. A scoped key grants the permissions of its template, and servers reject users of such a key that
/// have any permissions or limits of their own, even limits that restrict nothing.
/// </summary>
internal static class UserScope
{
    /// <summary>Fits a user's claims to the key that is about to sign them.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="account">The user's account.</param>
    /// <param name="publicKey">The public key.</param>
    /// <param name="isAsked">Whether the caller requested permissions, even if they equal the defaults.</param>
    /// <exception cref="NatsKeysException">
    /// <see cref="ErrorCode.SigningKeyNotAllowed"/>: the key is scoped, and the user has permissions or limits of its own.
    /// </exception>
    public static void Enter(UserClaims claims, NatsAccount account, string publicKey, bool isAsked = false)
    {
        claims.IssuerAccount = publicKey == account.Subject ? null : account.Subject;
        if (account.ScopeOf(publicKey) is not { } scope || claims.Permissions.IsCleared)
        {
            return;
        }

        if (isAsked || !claims.Permissions.IsDefault)
        {
            throw new NatsKeysException(
                ErrorCode.SigningKeyNotAllowed,
                $"The user '{claims.Name}' cannot have its own permissions and limits: they come from the template of its role "
                    + $"'{scope.Role}'. Nothing was signed.")
            {
                Remedy = Remedy.ChangeRole,
                RemedyItem = scope.Role,
            };
        }

        claims.Permissions.SetLimits(0);
    }

    /// <summary>Gives a user without permissions of its own the default ones, if it leaves a scoped key for a plain one.</summary>
    /// <returns>Whether the user leaves a role.</returns>
    public static bool Leave(NatsUser user, string publicKey)
    {
        bool leaves = user.Claims.Permissions.IsCleared && user.Parent.ScopeOf(publicKey) is null;
        if (leaves)
        {
            user.Claims.Permissions.SetLimits(LimitParser.Unlimited);
        }

        return leaves;
    }

    /// <summary>Fits a user's claims to the key that is about to sign them, and returns whether the user thereby leaves a role.</summary>
    public static bool Fit(NatsEntity entity, string publicKey)
    {
        if (entity is not NatsUser user)
        {
            return false;
        }

        bool leavesRole = Leave(user, publicKey);
        Enter(user.Claims, user.Parent, publicKey);
        return leavesRole;
    }
}
